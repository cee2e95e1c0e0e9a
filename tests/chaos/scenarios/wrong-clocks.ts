import { eventually } from '../../support/worker-process'
import { monotonicMs } from '../sink/journal'
import { startChaosCampaign } from '../support/campaign'
import { change, readLedger, selectClockError, selectEmails, selectTicks } from '../support/look-ups'
import { compareWithSink } from '../support/measures'
import { atLeast, atMost, exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage, type Stage } from '../support/stage'

const HOUR_MS = 3_600_000
const SHIFTS_MS = [2 * HOUR_MS, -2 * HOUR_MS]
const DROPPED_PERCENT = 30

export const wrongClocks = scenario({
  id: 'T12',
  title:
    'workers two hours ahead and behind, a database an hour behind, every third tick lost: nothing twice, nothing late',
  full: { emails: 3_000, workers: 3, minutes: 30, speed: 10, late: 120 },
  // Simulated minutes are seconds here, and a slow machine needs some: lateness is for the full run to judge.
  short: { emails: 100, workers: 2, minutes: 3, speed: 30, late: 3_600 },
  run: ({ seed, sizes, server }) =>
    onStage(
      {
        seed,
        server,
        simulation: { startsAt: new Date('2026-03-02T09:00:00Z'), speed: sizes.speed },
        prepare: setDatabaseBack,
      },
      async (stage) => {
        const { deps, sink, fleet, url } = stage
        await loseTicks(url, seed)
        await startChaosCampaign(deps, { leads: sizes.emails, mailboxes: 4, mailbox: { maxConnections: 5 } })
        await spreadDueTimes(stage, sizes.minutes, seed)
        await fleet.launchAll(sizes.workers, (index) => ({
          imports: ['./tests/chaos/support/shifted-clock.mjs'],
          env: {
            CLOCK_SHIFT_MS: String(SHIFTS_MS[index % 2]),
            // The third one's clock is set forwards and backwards while it works.
            CLOCK_JUMP_EVERY_MS: index === 2 ? '20000' : '0',
          },
        }))
        await eventually(async () => (await readLedger(stage)).sent === sizes.emails, 'all is sent', 900_000)
        const seen = sink.read()
        const { late, early } = await measureLateness(stage, seen.accepted, sizes.speed)
        const ticks = await selectTicks(stage)
        const count = (kept: boolean) => ticks.filter((tick) => tick.kept === kept).length
        const off = await selectClockError(stage)
        return {
          figures: [
            ...(await compareWithSink(stage, seen)),
            exactly('sent', (await readLedger(stage)).sent, sizes.emails),
            atMost('seconds late after the next tick, at most', late, sizes.late),
            // Two processes that read the database's time may each be wrong by half of the longest round trip they
            // accept.
            atMost('seconds too early, at most', early, sizes.speed),
            exactly("seconds the database's clock is off", off, -3600),
            atLeast('ticks lost', count(false), 1),
          ],
          counts: { 'ticks kept': count(true) },
          notes: [
            `time is simulated, ${sizes.speed} times as fast; lateness is in simulated seconds`,
            'worker clocks: Date is shifted by a module loaded before the worker, one of three jumps to and fro; database clock: clock_timestamp() and now() are functions of ours that stand before those of PostgreSQL in the search path',
            `ticks: a trigger on the queue's table drops ${DROPPED_PERCENT} % of them`,
          ],
        }
      },
    ),
})

/** Sets the time that the engine and the queue read from this database back by an hour. */
async function setDatabaseBack(url: string): Promise<void> {
  await change({ url }, 'CREATE SCHEMA wrong_clock')
  for (const name of ['clock_timestamp', 'now', 'statement_timestamp', 'transaction_timestamp']) {
    await change(
      { url },
      `CREATE FUNCTION wrong_clock.${name}() RETURNS timestamptz LANGUAGE sql STABLE
       AS $$ SELECT pg_catalog.${name}() - interval '1 hour' $$`,
    )
  }
  const database = new URL(url).pathname.slice(1)
  await change({ url }, `ALTER DATABASE "${database}" SET search_path = wrong_clock, pg_catalog, public`)
}

/** Drops ticks on their way into the queue, by the seed, and notes all that were sent. */
async function loseTicks(url: string, seed: number): Promise<void> {
  await change({ url }, 'CREATE TABLE public.chaos_ticks (id serial, at timestamptz NOT NULL, kept boolean NOT NULL)')
  await change(
    { url },
    `CREATE FUNCTION public.lose_tick() RETURNS trigger LANGUAGE plpgsql AS $$
     DECLARE number int; kept boolean;
     BEGIN
       IF NEW.name <> 'tick' THEN RETURN NEW; END IF;
       number := nextval('public.chaos_ticks_id_seq');
       kept := abs(hashtext(number || ':${seed}')) % 100 >= ${DROPPED_PERCENT};
       INSERT INTO public.chaos_ticks VALUES (number, pg_catalog.clock_timestamp(), kept);
       RETURN CASE WHEN kept THEN NEW END;
     END $$`,
  )
  await change(
    { url },
    'CREATE TRIGGER lose_tick BEFORE INSERT ON pgboss.job FOR EACH ROW EXECUTE FUNCTION public.lose_tick()',
  )
}

/** Due at any second of the run, in an order that the seed mixes. */
async function spreadDueTimes({ deps, url }: Stage, minutes: number, seed: number): Promise<void> {
  await change(
    { url },
    `UPDATE scheduled_emails SET scheduled_for =
       $1::timestamptz + (abs(hashtext(l.email || ':${seed}')) % ($2::int * 60)) * interval '1 second'
     FROM leads l WHERE l.id = lead_id`,
    [deps.clock.now(), minutes],
  )
}

/** Compares when the sink accepted each email with its due time and the first tick after that, all on one time scale. */
async function measureLateness(stage: Stage, accepted: readonly { id: string; t: number }[], speed: number) {
  const now = { campaign: stage.deps.clock.now().getTime(), monotonic: monotonicMs(), machine: Date.now() }
  const ticks = (await selectTicks(stage)).flatMap(({ at, kept }) =>
    kept ? [now.campaign + (at.getTime() - now.machine) * speed] : [],
  )
  const emails = await selectEmails(stage)
  const due = new Map(emails.map((email) => [email.message_id, email.scheduled_for.getTime()]))
  let late = 0
  let early = 0
  for (const { id, t } of accepted) {
    const at = now.campaign + (t - now.monotonic) * speed
    const dueAt = due.get(id) ?? 0
    early = Math.max(early, (dueAt - at) / 1000)
    const tick = ticks.find((time) => time >= dueAt) ?? at
    late = Math.max(late, (at - tick) / 1000)
  }
  return { late: Math.round(late), early: Math.round(early * 10) / 10 }
}
