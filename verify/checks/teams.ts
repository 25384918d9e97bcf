import { z } from 'zod';
import type { Check } from '../check';
import { completed } from '../completion';
import type { Session } from '../session';
import { Unexpected } from '../unexpected';

const userSchema = z.object({ user_id: z.string(), user_info: z.object({ user_role: z.string() }) });
const teamSchema = z.object({ team_id: z.string(), team_info: z.object({ models: z.array(z.string()) }) });

/** Who shares keys and budgets. */
export const teamChecks: readonly Check[] = [
  {
    id: 'teams.create',
    title: 'a team has models of its own',
    expected: 'the team and its one model at /team/info',
    needs: ['keys.create'],
    run: async session => {
      const { model } = await session.completion();
      const id = await team(session);
      const answer = await session.administrator.get(`/team/info?team_id=${encodeURIComponent(id)}`);
      const { team_info: info } = answer.expect(200).as(teamSchema);
      if (info.models.join() !== model)
        throw new Unexpected(`the team has ${info.models.join(', ') || 'no models'}`);
      return `a team for ${model}`;
    },
  },
  {
    id: 'teams.key',
    title: "a team's key opens the team's models, and no others",
    expected: 'a completion, and 401 or 403 for another model',
    needs: ['teams.create'],
    run: async session => {
      const { model } = await session.completion();
      const key = await session.made.key('team-key', { team_id: await team(session) });
      const client = session.as(key);
      completed(model, await client.chat(model, session.prompt('team')));
      const refused = await client.chat(await session.otherModel(), session.prompt('team'));
      return `${model} answers; another one ${refused.expect(401, 403).summary}`;
    },
  },
  {
    id: 'teams.user',
    title: 'a user can be added and looked up',
    expected: 'the user and its role at /user/info',
    needs: ['keys.create'],
    run: async session => {
      const id = await session.made.user('user', { user_role: 'internal_user' });
      const answer = await session.administrator.get(`/user/info?user_id=${encodeURIComponent(id)}`);
      const { user_id: found, user_info: info } = answer.expect(200).as(userSchema);
      if (found !== id || info.user_role !== 'internal_user')
        throw new Unexpected(`${found}, ${info.user_role}`);
      return `${info.user_role}`;
    },
  },
];

function team(session: Session): Promise<string> {
  return session.remember('team', async () => {
    const { model } = await session.completion();
    return session.made.team('team', { models: [model] });
  });
}
