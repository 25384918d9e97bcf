import { fromYaml } from '../contract/yaml';
import { isFields } from './fields';

/** A value whose texts of several lines are what they say, where they are YAML, or else their lines. */
export function opened(value: unknown): unknown {
  if (typeof value === 'string' && value.includes('\n')) return openedText(value);
  if (Array.isArray(value)) return value.map(opened);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, opened(child)]));
}

function openedText(text: string): unknown {
  try {
    const [document, ...others] = fromYaml(text);
    // A Corefile or a script is text that YAML happens to read as one string, or not at all.
    if (others.length === 0 && (isFields(document) || Array.isArray(document))) return opened(document);
  } catch {}
  return text.trimEnd().split('\n');
}
