import { randomUUID } from 'node:crypto'
import type { MassChoice, MassFilter } from '@/domain/lists/mass-act'
import { type AskedMassAct, previewMassAct } from '@/use-cases/mass-acts/preview-mass-act'
import { runMassAct } from '@/use-cases/mass-acts/run-mass-act'
import { startMassAct } from '@/use-cases/mass-acts/start-mass-act'
import { undoMassAct } from '@/use-cases/mass-acts/undo-mass-act'
import { BY, type Engine } from './engine'

type Kind = AskedMassAct['kind']

/** Begins an act on what a person has seen counted. */
export async function beginAct({ deps }: Engine, kind: Kind, filter: MassFilter, choice: MassChoice = {}) {
  const { total } = await previewMassAct(deps, { kind, filter, choice })
  return startMassAct(deps, { kind, filter, choice, expected: total, by: BY })
}

/** The act as it stands. */
export const actOf = ({ db }: Engine, id: string) => db.massAct.findUniqueOrThrow({ where: { id } })

/** Works on an act as a worker would, and returns how it stands then. */
export async function workOn(engine: Engine, id: string) {
  await runMassAct(engine.deps, { massActId: id })
  return actOf(engine, id)
}

/** Begins an act and works on it to its end. */
export async function doAct(engine: Engine, kind: Kind, filter: MassFilter, choice: MassChoice = {}) {
  const { id } = await beginAct(engine, kind, filter, choice)
  return workOn(engine, id)
}

/** Takes an act back, to the end. */
export async function undoAct(engine: Engine, id: string) {
  const undo = await undoMassAct(engine.deps, { id, by: BY })
  return workOn(engine, undo.id)
}

/** Works on an act for one step: its worker is told to end while it makes that. */
export async function makeOneStep({ deps, clock }: Engine, id: string) {
  const ending = new AbortController()
  const now = () => {
    ending.abort()
    return clock.now()
  }
  await runMassAct({ ...deps, clock: { ...clock, now } }, { massActId: id, signal: ending.signal })
}

/** How many leads have which status. */
export const statusesOf = async ({ db }: Engine) =>
  Object.fromEntries(
    (await db.lead.groupBy({ by: ['status'], _count: true })).map(({ status, _count }) => [status, _count]),
  )

/** Forgets all leads, campaigns and acts. */
export async function forgetAll({ db }: Engine) {
  await db.campaign.deleteMany()
  await db.lead.deleteMany()
  await db.massAct.deleteMany()
  await db.leadBatch.deleteMany()
  await db.suppression.deleteMany()
}

/** A reply that somebody has written to a lead, in this state. */
export async function addReply(
  { db, clock }: Engine,
  leadId: string | undefined,
  status: 'pending' | 'sending' | 'held' | 'cancelled' = 'pending',
) {
  const mailbox = await db.mailbox.findFirstOrThrow()
  const now = clock.now()
  await db.reply.create({
    data: {
      mailboxId: mailbox.id,
      leadId: leadId ?? '',
      messageId: `<${randomUUID()}@nexa.example>`,
      fromEmail: 'sam@nexa.example',
      fromName: 'Sam',
      toEmails: ['ada@customer.example'],
      subject: 'Re: Hello',
      bodyText: 'Yes',
      dueAt: now,
      writtenBy: BY,
      createdAt: now,
      updatedAt: now,
      status,
      ...((status === 'sending' || status === 'held') && { claim: 1, sendingSince: now }),
      ...(status === 'sending' && { leaseUntil: new Date(Date.now() + 60_000) }),
      ...(status === 'held' && { heldAt: now }),
      ...(status === 'cancelled' && { endedAt: now }),
    },
  })
}
