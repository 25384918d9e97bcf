import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from './image';
import type { Container, Manifests } from './manifests';
import { mount } from './mounts';
import { runFolder } from './project';

/** The image of a later release: the same with one more migration. */
export function withMigration(image: Image, name: string, sql: string, label: string): Image {
  const folder = join(runFolder, 'migrations', label);
  rmSync(folder, { recursive: true, force: true });
  cpSync(image.migrations, folder, { recursive: true });
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'migration.sql'), sql);
  return { ...image, layers: [...image.layers, ...mount('--ro-bind', folder, image.migrations)] };
}

/** The manifests for another database of the same server, and with fewer processes. */
export function onDatabase(manifests: Manifests, database: string): Manifests {
  return changeContainers(manifests, container => {
    const variable = (name: string) => container.env.find(found => found.name === name);
    const url = variable('DATABASE_URL')?.value ?? '';
    set(container, 'DATABASE_URL', url.replace(/\/\w+\?/, `/${database}?`));
    set(container, 'NUM_WORKERS', '1');
  });
}

/** The manifests with another patience of the init container, in seconds. */
export function withPatience(manifests: Manifests, seconds: number): Manifests {
  return changeContainers(manifests, ({ command }) => {
    if (command?.includes(manifests.job.metadata.name)) command[command.length - 1] = String(seconds);
  });
}

function changeContainers(manifests: Manifests, change: (container: Container) => void): Manifests {
  const copy = structuredClone(manifests);
  for (const { spec } of [copy.deployment.spec.template, copy.job.spec.template]) {
    for (const container of [...(spec.initContainers ?? []), ...spec.containers]) change(container);
  }
  return copy;
}

function set(container: Container, name: string, value: string): void {
  if (!container.env.some(found => found.name === name)) throw new Error(`no variable ${name}`);
  container.env = container.env.map(found => (found.name === name ? { name, value } : found));
}
