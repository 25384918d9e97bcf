import type { ScalarTag, Tags } from 'yaml';

/** What is written the same wherever it stands: no space, no line feed, nothing that YAML means something by. */
const WORD = /^[A-Za-z0-9][\w./-]*$/;

/**
 * Custom tags that remember how `yaml` writes each word. It tries the patterns of every number, date and boolean on
 * every string anew, most of which are words that it wrote before. A memory is good for one set of options.
 */
export function rememberWords(): (tags: Tags) => Tags {
  const written = new Map<unknown, string>();
  const remembering = (tag: ScalarTag): ScalarTag => ({
    ...tag,
    stringify: (item, context, ...callbacks) => {
      const { value } = item;
      const text = written.get(value) ?? tag.stringify?.(item, context, ...callbacks) ?? '';
      if (typeof value === 'string' && WORD.test(value)) written.set(value, text);
      return text;
    },
  });
  return tags =>
    tags.map(tag =>
      typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:str' ? remembering(tag as ScalarTag) : tag,
    );
}
