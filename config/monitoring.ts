import { z } from 'zod';
import { section } from './section';

/** Log Analytics, where every service sends its audit logs. */
export const monitoringSchema = section({
  /** Days that logs are kept. Default 90: free up to 31, and what most audits ask for. */
  retentionDays: z.int().min(30).max(730).default(90),
}).prefault({});
