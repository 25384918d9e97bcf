import { dump, loadAll, YAML11_SCHEMA } from 'js-yaml';

/**
 * YAML as kubectl, Helm and LiteLLM read it. They read YAML 1.1, and not all of it alike: the library quotes what is
 * anything but a string in 1.1 or 1.2. Every entry is whole, on a line of its own, for whoever reads a diff.
 */
export function toYaml(value: object): string {
  return dump(value, { lineWidth: -1, noRefs: true, quoteStyle: 'double' });
}

/**
 * What they read in a text: its documents.
 * @throws Error with line and column, of text that is no YAML
 */
export function fromYaml(text: string): unknown[] {
  return loadAll(text, { schema: YAML11_SCHEMA });
}
