/** What one delivery costs, as measured; the simulation multiplies, it knows nothing of the app. */
export interface UnitCosts {
  /** CPU seconds of the app, and of the database, for one delivery. */
  appCpuSeconds: number;
  databaseCpuSeconds: number;
  /** Bytes that stay until retention, and bytes of WAL, for one delivery. */
  storedBytes: number;
  walBytes: number;
  /** Transactions for one delivery. */
  transactions: number;
  /** Seconds that one transaction holds a connection. */
  transactionSeconds: number;
}

/** A load, and how it is run. */
export interface Plan {
  deliveriesPerMonth: number;
  months: number;
  retentionDays: number;
  /** Seconds that a receiver takes to answer. */
  receiverSeconds: number;
  /** Part of first attempts that fail and are tried again, and attempts that such a delivery takes in all. */
  failing: number;
  attemptsOfFailing: number;
  /** Part of all deliveries that go to the largest receiver, and hours in each month in which it is down. */
  largestReceiver: number;
  outageHours: number;
  /** Deliveries under way at once in one function instance, and CPU seconds a second that it has. */
  placesPerInstance: number;
  cpuPerInstance: number;
  /** Connections to the database that one instance keeps while it works. */
  connectionsPerInstance: number;
}

/** What a load needs at its worst hour, and what has piled up at the end. */
export interface Needs {
  peakDeliveriesPerSecond: number;
  averageDeliveriesPerSecond: number;
  peakAttemptsPerSecond: number;
  databaseCores: number;
  functionInstances: number;
  functionCpuHoursPerMonth: number;
  connections: number;
  busyConnections: number;
  databaseBytes: number;
  weeklyPartitions: number;
  partitionRows: number;
  partitionBytes: number;
  walBytesPerDay: number;
  deepestBacklog: number;
}

const HOURS_A_DAY = 24;
const DAYS_A_WEEK = 7;
const DAYS_A_MONTH = 365 / 12;
const SECONDS_AN_HOUR = 3_600;
/** Hiring is office work: most of it between eight and eighteen, little of it on Saturday and Sunday. */
const byHour = (hour: number): number => (hour >= 8 && hour < 18 ? 2 : hour >= 6 && hour < 22 ? 0.6 : 0.15);
const byDay = (day: number): number => (day % DAYS_A_WEEK < 5 ? 1.3 : 0.25);
/** Within the busiest hour, its busiest minute. */
const BURST = 2;

function weights(): number[] {
  const hours = Array.from(
    { length: DAYS_A_WEEK * HOURS_A_DAY },
    (_, at) => byHour(at % HOURS_A_DAY) * byDay(Math.floor(at / HOURS_A_DAY)),
  );
  const mean = hours.reduce((sum, weight) => sum + weight, 0) / hours.length;
  return hours.map((weight) => weight / mean);
}

/**
 * Runs a load hour by hour for some months: what arrives, what is tried again, what an outage of the largest receiver
 * piles up, which partitions exist after retention. Answers the worst hour and the state at the end.
 */
export function simulate(costs: UnitCosts, plan: Plan): Needs {
  const week = weights();
  const hours = Math.round(plan.months * DAYS_A_MONTH * HOURS_A_DAY);
  const perHour = plan.deliveriesPerMonth / (DAYS_A_MONTH * HOURS_A_DAY);
  const attemptsEach = 1 + plan.failing * (plan.attemptsOfFailing - 1);
  const monthHours = DAYS_A_MONTH * HOURS_A_DAY;
  const partitions: number[] = [];
  let backlog = 0;
  let deepestBacklog = 0;
  let peakDeliveries = 0;
  let peakAttempts = 0;
  let attempts = 0;
  for (let hour = 0; hour < hours; hour++) {
    const arriving = perHour * (week[hour % week.length] ?? 1);
    // The outage is put into office hours, in the middle of each month.
    const intoOutage = (hour % monthHours) - (Math.floor(monthHours / 2 / 168) * 168 + 9);
    const down = intoOutage >= 0 && intoOutage < plan.outageHours;
    const recovering = down ? 0 : Math.min(backlog, arriving);
    backlog += (down ? arriving * plan.largestReceiver : 0) - recovering;
    deepestBacklog = Math.max(deepestBacklog, backlog);
    const tried = arriving * attemptsEach + recovering;
    attempts += tried;
    peakDeliveries = Math.max(peakDeliveries, arriving / SECONDS_AN_HOUR);
    peakAttempts = Math.max(peakAttempts, tried / SECONDS_AN_HOUR);
    const at = Math.floor(hour / (DAYS_A_WEEK * HOURS_A_DAY));
    partitions[at] = (partitions[at] ?? 0) + arriving;
  }
  // A weekly partition goes when all of it is past retention.
  const kept = partitions.slice(-(Math.ceil(plan.retentionDays / DAYS_A_WEEK) + 1));
  const rows = kept.reduce((sum, deliveries) => sum + deliveries, 0);
  const partitionRows = Math.max(...kept);
  const perSecond = peakAttempts * BURST;
  const instances = Math.max(
    1,
    Math.ceil((perSecond * plan.receiverSeconds) / plan.placesPerInstance),
    Math.ceil((perSecond * costs.appCpuSeconds) / plan.cpuPerInstance),
  );
  return {
    averageDeliveriesPerSecond: plan.deliveriesPerMonth / (monthHours * SECONDS_AN_HOUR),
    peakDeliveriesPerSecond: peakDeliveries * BURST,
    peakAttemptsPerSecond: perSecond,
    databaseCores: perSecond * costs.databaseCpuSeconds,
    functionInstances: instances,
    functionCpuHoursPerMonth: (attempts / plan.months) * (costs.appCpuSeconds / SECONDS_AN_HOUR),
    connections: instances * plan.connectionsPerInstance,
    busyConnections: perSecond * costs.transactions * costs.transactionSeconds,
    databaseBytes: rows * attemptsEach * costs.storedBytes,
    weeklyPartitions: kept.length,
    partitionRows,
    partitionBytes: partitionRows * attemptsEach * costs.storedBytes,
    walBytesPerDay: (plan.deliveriesPerMonth / DAYS_A_MONTH) * attemptsEach * costs.walBytes,
    deepestBacklog,
  };
}
