import { z } from 'zod';
import { areDistinct } from './distinct';
import { section } from './section';

/** As Terraform's provider and `az` write it, who differ in the capitals of `Microsoft.Insights`. */
const ACTION_GROUP =
  /^(\/subscriptions\/[\da-f-]{36}\/resourceGroups\/[^/]+\/providers\/)Microsoft\.Insights(\/actionGroups\/[^/]+)$/i;

/** An alert rule calls five action groups at most (Azure Monitor's service limits), and one may be ours. */
const MOST_ACTION_GROUPS = 4;

/** Who is called when something breaks (docs/alerts.md). As soon as somebody is named there are alerts, and not before. */
export const alertsSchema = section({
  /**
   * Addresses that get an e-mail for every alert, and one when it is over: lists, because this file is committed. Default
   * none.
   */
  emails: z
    .array(
      z.email(
        'is no e-mail address, such as platform@example.com; whoever is called otherwise is in an action group, which actionGroupIds names',
      ),
    )
    .refine(areDistinct, 'names an address twice')
    .default([]),
  /**
   * Resource ids of action groups that exist already: the way to PagerDuty, Opsgenie, Slack or Teams. The address of their
   * webhook is a secret, so it stays in the group, and comes into no file and no state of ours. Four at most. Default none.
   */
  actionGroupIds: z
    .array(
      z
        .string()
        .regex(
          ACTION_GROUP,
          'is no resource id of an action group; az monitor action-group show --query id prints it',
        )
        // Azure answers in the provider's spelling, and another one would be a change in every plan.
        .transform(id => id.replace(ACTION_GROUP, '$1Microsoft.Insights$2')),
    )
    .max(MOST_ACTION_GROUPS)
    .refine(areDistinct, 'names an action group twice')
    .default([]),
}).prefault({});

export type Alerts = z.output<typeof alertsSchema>;

/** Whether anybody is called. */
export function callsSomebody({ emails, actionGroupIds }: Alerts): boolean {
  return emails.length + actionGroupIds.length > 0;
}
