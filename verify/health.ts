import type { Check } from './check';
import type { Gateway } from './gateway';
import { Unreachable } from './unreachable';

/** What comes before the gateway, and says itself what is wrong with it. */
const OWN_WORDS = /^address\.|^health\.liveness$/;

/** Whether the run still has a gateway to ask. */
export class Health {
  /** Why the rest of the run is pointless. */
  ended: string | undefined;
  private probe: Promise<string | undefined> | undefined;

  /**
   * @param stop ends every request that is under way
   * @param interrupted the person who waits wants no more
   */
  constructor(
    private readonly gateway: Gateway,
    private readonly stop: AbortController,
    interrupted: AbortSignal,
  ) {
    const interrupt = () => this.end('interrupted');
    if (interrupted.aborted) interrupt();
    interrupted.addEventListener('abort', interrupt, { once: true });
  }

  /** Looks after a failure whether the gateway still answers; true when another check already said that it does not. */
  async endedBefore({ id }: Check): Promise<boolean> {
    if (this.ended) return true;
    if (OWN_WORDS.test(id)) return false;
    // One look for all that fail at the same time.
    this.probe ??= this.look().finally(() => {
      this.probe = undefined;
    });
    const problem = await this.probe;
    if (this.ended) return true;
    if (problem) this.end(`the gateway stopped answering: ${problem}`);
    return false;
  }

  private async look(): Promise<string | undefined> {
    try {
      const answer = await this.gateway.get('/health/liveliness');
      return answer.status === 200 ? undefined : answer.summary;
    } catch (error) {
      if (error instanceof Unreachable) return error.message;
      throw error;
    }
  }

  private end(reason: string): void {
    if (this.ended) return;
    this.ended = reason;
    this.stop.abort(new Error(reason));
  }
}
