import { readFileSync } from 'node:fs';
import { theCluster } from './harness/cluster';
import { replica } from './harness/replicas';

const pod = replica('replica-b');
const [container] = theCluster().manifests.deployment.spec.template.spec.containers;

/** Every directory that LiteLLM and Prisma are told, or are known, to write to. */
const writable = ['/app/cache', '/app/migrations', '/app/var/litellm/ui', '/app/var/litellm/assets', '/tmp'];

test.each(writable)('%s is an empty directory at first, and writable', path => {
  const name = container.volumeMounts.find(({ mountPath }) => mountPath === path)?.name;
  const { volumes } = theCluster().manifests.deployment.spec.template.spec;
  expect(volumes.find(volume => volume.name === name)).toHaveProperty('emptyDir');
  const { status, stderr } = pod.exec('sh', '-c', `echo probe >${path}/probe && rm ${path}/probe`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.each([
  ['LITELLM_UI_PATH'],
  ['LITELLM_ASSETS_PATH'],
  ['LITELLM_MIGRATION_DIR'],
  ['XDG_CACHE_HOME'],
])('%s points to a writable directory', name => {
  const { status, stdout } = pod.exec('sh', '-c', `echo "$${name}"; test -w "$${name}"`);
  expect({ status, writable: writable.includes(stdout.trim()) }).toEqual({ status: 0, writable: true });
});

test('nothing else can be written to', () => {
  // Everything that is mounted, from the side of the gateway's own process; /proc and /dev belong to the runtime.
  const mounts = readFileSync(`/proc/${pod.pid}/mountinfo`, 'utf8').trim().split('\n');
  const open = mounts
    .map(line => line.split(' '))
    .filter(([, , , , , options]) => options?.split(',').includes('rw'))
    .map(([, , , , path = '']) => path)
    .filter(path => !/^\/(proc|dev)(\/|$)/.test(path));
  expect(open.sort()).toEqual([...writable].sort());
  for (const path of ['/app', '/', '/etc', '/etc/litellm', '/mnt/secrets', '/var', '/usr/lib']) {
    expect(pod.exec('touch', `${path}/intruder`).status).not.toBe(0);
  }
});

test('every process runs as nobody, without capabilities and without a way to gain any', () => {
  const { stdout } = pod.exec('sh', '-c', 'for p in /proc/[0-9]*; do cat $p/status; echo; done 2>/dev/null');
  const processes = stdout
    .trim()
    .split('\n\n')
    .map(status => Object.fromEntries(status.split('\n').map(line => line.split(':\t'))));
  expect(processes.length).toBeGreaterThan(1);
  for (const { Uid, CapPrm, CapEff, CapBnd, CapInh, CapAmb, NoNewPrivs } of processes) {
    const none = '0000000000000000';
    expect(new Set(Uid.split('\t'))).toEqual(new Set(['65534']));
    expect([CapPrm, CapEff, CapBnd, CapInh, CapAmb]).toEqual([none, none, none, none, none]);
    expect(NoNewPrivs).toBe('1');
  }
});

test('the environment holds every secret, and no unresolved reference', () => {
  const env = pod.exec('env').stdout;
  for (const secret of Object.values(theCluster().vault)) expect(env).toContain(secret);
  expect(env).not.toMatch(/\$\(/);
});
