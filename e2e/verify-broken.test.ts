import { brokenGuards } from './harness/broken-guards';
import { brokenServices } from './harness/broken-services';
import { administrator, replica } from './harness/replicas';
import { VerifyStage } from './harness/verify-stage';

const stage = new VerifyStage();
const { front, masterKey } = stage;

beforeAll(() => stage.start());

afterAll(() => stage.stop());

afterEach(() => {
  front.mischief = {};
});

describe('between clients and the real gateway', () => {
  test.each([...brokenServices, ...brokenGuards(masterKey)])('$what: $fails', async ({
    fails,
    only,
    mischief,
  }) => {
    front.mischief = mischief;
    // Its workers take a minute to forget a deleted key; nobody waits for that here.
    const skip = fails === 'keys.deleted' ? ['cache.pods'] : ['cache.pods', 'keys.deleted'];
    await stage.expectFailures({ only, skip }, [fails]);
    front.mischief = {};
    // What a broken gateway did not delete.
    if (fails === 'cleanup.complete') await deleteTeams();
  });
});

async function deleteTeams(): Promise<void> {
  const client = administrator(replica('replica-a'));
  const { body } = await client.get('/v2/team/list?team_alias=litellm-aks-verify');
  const team_ids = body.teams.map(({ team_id }: { team_id: string }) => team_id);
  expect(team_ids).toHaveLength(1);
  await client.post('/team/delete', { team_ids });
}
