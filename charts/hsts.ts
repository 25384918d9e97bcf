/** Seconds for which a browser that has seen the gateway asks it by HTTPS alone: a year, what Mozilla's guide advises. */
export const hstsSeconds = 365 * 24 * 60 * 60;
