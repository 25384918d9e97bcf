/**
 * When Azure OpenAI stops answering for a model, by `model version`. Dates: Microsoft's retirement schedule in its
 * edition of 2026-09-02; Microsoft moves them both ways, so look again before relying on one.
 */
const RETIREMENTS: Readonly<Record<string, string>> = {
  'gpt-4o 2024-05-13': '2026-10-01',
  'gpt-4o 2024-08-06': '2027-04-14',
  'gpt-4o 2024-11-20': '2027-04-14',
  'gpt-4o-mini 2024-07-18': '2027-04-14',
  'gpt-4.1 2025-04-14': '2027-04-14',
  'gpt-4.1-mini 2025-04-14': '2027-04-14',
  'gpt-4.1-nano 2025-04-14': '2027-04-14',
  'gpt-5 2025-08-07': '2027-02-09',
  'gpt-5-mini 2025-08-07': '2027-02-09',
  'gpt-5-nano 2025-08-07': '2027-02-09',
  'gpt-5-pro 2025-10-06': '2027-04-07',
  'gpt-5.1 2025-11-13': '2027-05-15',
  'gpt-5.2 2025-12-11': '2027-06-08',
  'gpt-5.4 2026-03-05': '2027-09-02',
  'gpt-5.4-mini 2026-03-17': '2027-09-21',
  'gpt-5.4-nano 2026-03-17': '2027-09-21',
  'gpt-5.5 2026-04-24': '2027-10-26',
  'gpt-5.6-terra 2026-07-09': '2028-01-11',
  'gpt-5.6-sol 2026-07-09': '2028-01-11',
  'gpt-5.6-luna 2026-07-09': '2028-01-11',
  'o1 2024-12-17': '2026-10-21',
  'o3 2025-04-16': '2026-10-21',
  'o3-mini 2025-01-31': '2026-10-01',
  'o3-pro 2025-06-10': '2026-12-17',
  'o4-mini 2025-04-16': '2026-10-16',
  'model-router 2025-05-19': '2026-08-30',
  'model-router 2025-08-07': '2026-08-30',
  'model-router 2025-11-18': '2027-05-20',
  'text-embedding-3-large 1': '2028-02-09',
  'text-embedding-3-small 1': '2028-02-09',
};

/** Half a year: time to test a successor and to move clients. */
const NOTICE_DAYS = 180;

/**
 * What to know about a model today; undefined while there is nothing.
 * @param today the caller's date, so that synthesis itself depends on none
 */
export function retirementNotice(model: string, version: string, today: Date): string | undefined {
  const retires = RETIREMENTS[`${model} ${version}`];
  if (!retires) return undefined;
  const days = (Date.parse(retires) - today.getTime()) / 86_400_000;
  if (days > NOTICE_DAYS) return undefined;
  return days < 0
    ? `model ${model} ${version} was retired on ${retires}: Azure refuses to deploy it; choose a current one, such as gpt-5.6-terra 2026-07-09`
    : `model ${model} ${version} retires on ${retires}, and closes to new subscriptions before: plan its successor, such as gpt-5.6-terra 2026-07-09`;
}
