/**
 * How many deliveries of one webhook may be under way at once. Each webhook has a lane; a lane widens while its receiver
 * answers and narrows when it does not, so that hanging receivers together hold few of the worker's places and delay
 * nobody else (I8).
 */
export interface LaneLimits {
  /** Width of a lane that nothing is known of. */
  initial: number;
  min: number;
  max: number;
}

interface Lane {
  width: number;
  busy: number;
}

/** Keeps the lanes of one worker; forgets a lane that is idle and at least as wide as an unknown one. */
export function createLanes(limits: LaneLimits) {
  const lanes = new Map<string, Lane>();

  return {
    enter(webhookId: string): void {
      const lane = lanes.get(webhookId) ?? { width: limits.initial, busy: 0 };
      lane.busy += 1;
      lanes.set(webhookId, lane);
    },

    /** `answered`: whether the receiver gave any answer in time; an answer of 500 is still a receiver that answers. */
    leave(webhookId: string, answered: boolean): void {
      const lane = lanes.get(webhookId);
      if (!lane) return;
      lane.busy -= 1;
      lane.width = answered
        ? Math.min(limits.max, lane.width + 1)
        : Math.max(limits.min, Math.floor(lane.width / 2));
      if (lane.busy === 0 && lane.width >= limits.initial) lanes.delete(webhookId);
    },

    /** Room left for each webhook that differs from an unknown one's. */
    rooms(): Record<string, number> {
      const rooms: Record<string, number> = {};
      for (const [webhookId, lane] of lanes) {
        const room = Math.max(0, lane.width - lane.busy);
        if (room !== limits.initial) rooms[webhookId] = room;
      }
      return rooms;
    },
  };
}
