import { type Environment, parseEnvironment } from '../../config/environment';
import type { InvariantCode } from '../../config/invariant-codes';
import type { Breach, Subject } from '../../invariants/invariant';
import { KubernetesLayer } from '../../invariants/kubernetes-layer';
import { datedInvariants, invariants } from '../../invariants/list';
import { TerraformLayer } from '../../invariants/terraform-layer';
import { minimal } from '../fixtures/minimal';
import { type Json, withValue } from '../helpers/objects';
import { type Rendered, render } from '../helpers/render';
import type { Case } from './examples/example';

const { acme } = minimal.catalogue.providers;

/** A gateway that keeps every invariant, as production and on the day of its tests. */
export const sound = {
  ...minimal,
  location: 'swedencentral',
  catalogue: {
    providers: { acme: { ...acme, models: [{ name: 'acme-large', inputPrice: 0.6, outputPrice: 2.5 }] } },
  },
  postgres: { highAvailability: 'ZoneRedundant', geoRedundantBackup: true },
  azureOpenAi: { deployments: [{ name: 'chat', model: 'gpt-5.6-terra', version: '2026-07-09' }] },
  monitoring: { alerts: { emails: ['on-call@acme.example'] } },
};

type Given = typeof sound & { readonly gateway?: { readonly image?: string } };

/** How a case breaks one invariant: by the schema, or in what is rendered. */
export function breachesOf(code: InvariantCode, { file = {}, edit, today = '2026-11-22' }: Case): Breach[] {
  const given = Object.entries(file).reduce<Given>(
    (found, [path, value]) => withValue(found, path, value),
    sound,
  );
  const parsed = parseEnvironment('test', given);
  if ('problems' in parsed) return parsed.problems.filter(problem => problem.code === code);

  const subject = subjectOf(parsed.environment, given, edit);
  return [
    ...invariants.filter(invariant => invariant.code === code).flatMap(({ check }) => check(subject)),
    ...datedInvariants
      .filter(invariant => invariant.code === code)
      .flatMap(({ check }) => check(subject, new Date(today))),
  ];
}

/** Renders what is looked at, when it is; an edit looks at both layers, and gets copies to work on. */
function subjectOf(environment: Environment, file: Given, edit: Case['edit']): Subject {
  if (!edit) {
    return {
      environment,
      get terraform() {
        return new TerraformLayer([terraformOf(file)]);
      },
      get kubernetes() {
        return new KubernetesLayer(objectsOf(file));
      },
    };
  }
  const terraform = structuredClone(terraformOf(file));
  const objects: Json[] = structuredClone(objectsOf(file)) as Json[];
  edit({ terraform, objects, object: kind => objects.find(object => object.kind === kind) });
  return {
    environment,
    terraform: new TerraformLayer([terraform]),
    kubernetes: new KubernetesLayer(objects),
  };
}

/** Of the gateway, Terraform knows the image alone. */
function terraformOf({ gateway, ...others }: Given): Json {
  return rendering({ ...others, ...(gateway?.image && { gateway: { image: gateway.image } }) }).terraform;
}

function objectsOf(file: Given): readonly Json[] {
  return rendering(file).objects;
}

const renderings = new Map<string, Rendered>();

/** Rendering is what takes its time here; most cases look at the same few files, whose class changes nothing in them. */
function rendering(file: Given): Rendered {
  const key = JSON.stringify({ ...file, class: '' });
  const known = renderings.get(key) ?? render(file);
  renderings.set(key, known);
  return known;
}
