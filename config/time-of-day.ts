import { z } from 'zod';

/** Hours and minutes of a day: `02:00`. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day; write it as 02:00');
