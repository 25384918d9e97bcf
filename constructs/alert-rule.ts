/** How soon somebody has to look: Azure's numbers, which a pager decides by. */
export const severity = {
  /** No client is served. */
  critical: 0,
  /** Clients are served errors, or will be within hours. */
  error: 1,
  /** Nobody notices yet: look today. */
  warning: 2,
  /** Look this week. */
  informational: 3,
} as const;

/** What every alert rule says of itself. */
export interface AlertRule {
  /** Its name, in Azure and in docs/alerts.md, which says what to do. */
  readonly name: string;
  /** What is wrong when it fires, for whoever is called. */
  readonly meaning: string;
  readonly severity: (typeof severity)[keyof typeof severity];
}
