import type { Manifests, ServingContainer } from './manifests';

/** A copy of the manifests with one thing changed in the container: what a test does to them, it says in one place. */
export function changeContainer(
  manifests: Manifests,
  change: (container: ServingContainer) => void,
): Manifests {
  const copy = structuredClone(manifests);
  change(copy.deployment.spec.template.spec.containers[0]);
  return copy;
}

/** The same with other values of environment variables that the manifest has. */
export function setVariables(manifests: Manifests, values: Readonly<Record<string, string>>): Manifests {
  return changeContainer(manifests, container => {
    const missing = Object.keys(values).filter(
      name => !container.env.some(variable => variable.name === name),
    );
    if (missing.length > 0) throw new Error(`the manifest does not set ${missing.join(', ')}`);
    container.env = container.env.map(({ name, ...rest }) =>
      name in values ? { name, value: values[name] } : { name, ...rest },
    );
  });
}
