import { ProblemsError } from '../../config/problem';
import { wordsOf } from '../failure';

/** A part of the screen. */
export interface Part {
  readonly title: string;
  readonly lines: readonly string[];
  /** Whether everything in it is as it should be. */
  readonly well: boolean;
}

export interface Finding {
  readonly lines: readonly string[];
  readonly well: boolean;
}

/** Finds a part out; one that cannot be had says why, and is not well. */
export async function part(title: string, find: () => Promise<Finding>): Promise<Part> {
  return { title, ...(await finding(find)) };
}

/**
 * The same without its title, for a part of several.
 * @param name what precedes the reason why it cannot be had
 */
export async function finding(find: () => Promise<Finding>, name = ''): Promise<Finding> {
  try {
    return await find();
  } catch (error) {
    const words = wordsOf(error as Error);
    // A tool may say much; every problem is said.
    const [reason, ...more] = error instanceof ProblemsError ? words : words.slice(0, 6);
    return { lines: [`${name}cannot be had: ${reason}`, ...more], well: false };
  }
}

const WIDTH = 13;

/** One screen of parts, each with its title in the margin and a mark where something is not well. */
export function screen(parts: readonly Part[]): string {
  return parts
    .flatMap(({ title, lines, well }) => {
      const margin = `${well ? ' ' : '!'} ${title}`.padEnd(WIDTH);
      return (lines.length > 0 ? lines : ['none']).map(
        (line, i) => `${i === 0 ? margin : ' '.repeat(WIDTH)} ${line}`,
      );
    })
    .join('\n');
}
