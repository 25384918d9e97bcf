import { compareCosts } from '../../diff/cost';
import { renderMarkdown } from '../../diff/markdown';
import { compareSides } from '../../diff/report';
import { outputFiles, readSide, type Side } from '../../output/side';
import { synthesize } from '../../synth/synthesize';
import { everything } from '../fixtures/everything';
import { minimal, sparse } from '../fixtures/minimal';
import { environmentOf } from './environment';
import { withValue } from './objects';
import { outputs } from './render';

/** Environments of nobody's: what people do to theirs does not change our documentation. */
const before: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['dev', sparse],
  ['prod', everything],
  ['stage', minimal],
]);

/** A change set with something of everything: settings by environment. */
const CHANGES: Readonly<Record<string, readonly (readonly [path: string, value: unknown])[]>> = {
  dev: [
    ['postgres.geoRedundantBackup', true],
    ['keyVault.allowedIpRanges', ['203.0.113.7']],
    ['cluster.userPool.vmSize', 'Standard_D8s_v5'],
    ['gateway.routing.retries', 3],
  ],
  prod: [
    ['gateway.replicas.max', 12],
    ['postgres.sku', 'GP_Standard_D4ds_v5'],
  ],
};

/** The comment of a pull request that changes `dev` and `prod` in this way, once all are deployed. */
export function reviewSample(): string {
  const after = new Map(
    [...before].map(([name, file]) => [
      name,
      (CHANGES[name] ?? []).reduce((changed, [path, value]) => withValue(changed, path, value), file),
    ]),
  );
  const [old, now] = [sideOf(before), sideOf(after)];
  const report = compareSides(old, now, []);
  return `${renderMarkdown(report, compareCosts(report, old, now), '4f3c2a1b (merge base with main)')}\n`;
}

function sideOf(files: ReadonlyMap<string, unknown>): Side {
  const syntheses = [...files].map(([name, file]) => synthesize(environmentOf(file, name), outputs));
  return readSide(outputFiles(syntheses), 'sample');
}

// `node build/__tests__/helpers/review-sample.js > docs/review-sample.md`
if (require.main === module) process.stdout.write(reviewSample());
