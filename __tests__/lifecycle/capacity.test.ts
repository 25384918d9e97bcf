import { up } from '../../lifecycle/up';
import { failureOf } from '../helpers/failure';
import { FakeCloud } from '../helpers/fake-cloud';

let cloud: FakeCloud;

afterEach(() => cloud.dispose());

const NO_CLUSTER = { status: 3, stderr: '(ResourceNotFound) The Resource was not found.' };

/** As `az vm list-skus` shows it. */
const sku = (name: string, more: object = {}) => ({
  name,
  family: 'standardDSv5Family',
  capabilities: [
    { name: 'MaxDataDiskCount', value: '8' },
    { name: 'vCPUs', value: '4' },
  ],
  locationInfo: [{ location: 'westeurope', zones: ['3', '1', '2'] }],
  restrictions: [],
  ...more,
});

/** As `az vm list-usage` shows it. */
const usage = (value: string, currentValue: string, limit: string) => ({
  name: { value },
  currentValue,
  limit,
});

/** A subscription with nothing in it, which has room for the pools of the sample: 2 to 3 and 2 to 5 nodes of 4 vCPUs. */
function subscription({ skus = [sku('Standard_D4s_v5')], used = '0', limit = '100', changes = {} } = {}) {
  cloud = new FakeCloud(changes);
  cloud.tools
    .on('az aks show*', NO_CLUSTER)
    .on('az vm list-skus*', {
      stdout: JSON.stringify([sku('Standard_D4s_v5_Promo', { family: 'x' }), ...skus]),
    })
    .on('az vm list-usage*', {
      stdout: JSON.stringify([usage('cores', '0', '350'), usage('standardDSv5Family', used, limit)]),
    });
}

/** What an `up` that only plans says against it, and what it says of this stage. */
async function planned(): Promise<{ failure?: string; said: string }> {
  const result = up(cloud.context(), 'test', { planOnly: true });
  const failure = await result.then(
    () => undefined,
    () => failureOf(result),
  );
  return { ...(failure && { failure }), said: cloud.err.join('\n') };
}

test('a subscription that has room is planned in', async () => {
  subscription();
  expect(await planned()).toEqual({ said: expect.stringMatching(/✔ Check sizes and quotas \(\d+ s\)\n▸ /) });
  expect(cloud.tools.calls('az vm').every(call => call.includes('--location westeurope'))).toBe(true);
});

test('a cluster that is there has its nodes already', async () => {
  subscription({ skus: [] });
  cloud.tools.off('az aks show*');
  expect((await planned()).failure).toBeUndefined();
  expect(cloud.tools.calls('az vm')).toEqual([]);
});

test('vCPUs that are missing are counted for both pools together, and nothing is planned', async () => {
  subscription({ used: '90' });
  const { failure } = await planned();
  expect(failure).toContain('environments/test.ts: cluster\n');
  expect(failure).toContain('given    16 vCPUs of standardDSv5Family, at minCount\n');
  expect(failure).toContain('problem  10 of 100 are left in westeurope; ask for more');
  expect(failure).toContain('Nothing was changed.');
  expect(cloud.tools.calls('terraform plan')).toEqual([]);
});

test('vCPUs that only the largest number of nodes would miss are a note', async () => {
  subscription({ used: '70' });
  const { failure, said } = await planned();
  expect(failure).toBeUndefined();
  expect(said).toContain(
    'at maxCount the nodes take 32 vCPUs of standardDSv5Family, and 30 of 100 are left in westeurope',
  );
});

test('everything that Azure would refuse is said at once: a size, its zones, the quota of all, a feature', async () => {
  subscription({
    skus: [
      sku('Standard_D4s_v5', {
        restrictions: [
          { type: 'Zone', restrictionInfo: { zones: ['2'] }, reasonCode: 'NotAvailableForSubscription' },
        ],
      }),
    ],
    changes: { cluster: { hostEncryption: true, userPool: { vmSize: 'Standard_D8s_v9' } } },
  });
  cloud.tools
    .on('az vm list-usage*', { stdout: JSON.stringify([usage('cores', '345', '350')]) })
    .on('az feature show*', { stdout: '{"properties":{"state":"NotRegistered"}}' });
  const { failure } = await planned();
  expect(failure).toContain('4 problems');
  expect(failure).toMatch(
    /cluster\.systemPool\.vmSize\n +given +Standard_D4s_v5\n +problem +is offered in zones 1, 3 alone of westeurope, and cluster\.zones names 2;/,
  );
  expect(failure).toMatch(
    /cluster\.userPool\.vmSize\n +given +Standard_D8s_v9\n +problem +is not offered to this subscription in westeurope;/,
  );
  expect(failure).toMatch(/given +8 vCPUs in all, at minCount\n +problem +5 of 350 are left/);
  expect(failure).toMatch(
    /cluster\.hostEncryption\n +given +EncryptionAtHost is NotRegistered\n.*az feature register/,
  );
});

test('what cannot be looked at is said, and left to Azure', async () => {
  subscription({ changes: { cluster: { hostEncryption: true } } });
  cloud.tools
    .on('az vm list-skus*', { status: 1, stderr: 'ERROR: (AuthorizationFailed) no action skus/read' })
    .on('az vm list-usage*', { stdout: 'no JSON' })
    .on('az feature show*', { stdout: '{"properties":{"state":"Registered"}}' });
  const { failure, said } = await planned();
  expect(failure).toBeUndefined();
  expect(said).toContain('could not look at quotas, which Azure will do: ');
  expect(said).toContain(
    'could not look at Standard_D4s_v5, which Azure will do: ERROR: (AuthorizationFailed)',
  );
});

test('a cluster of which nobody knows whether it is there is measured against no quota', async () => {
  subscription({ used: '100' });
  cloud.tools.on('az aks show*', { status: 1, stderr: '(AuthorizationFailed)' });
  const { failure, said } = await planned();
  expect(failure).toBeUndefined();
  expect(said).toContain('could not look at the cluster');
});
