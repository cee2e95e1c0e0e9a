import type { Deps } from '@/deps'
import { recordAct } from '@/use-cases/audit/record-act'
import type { AuthAct } from './auth-acts'

/** Writes into the audit log what somebody did at the sign-in. */
export const recordAuthAct = (
  deps: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { act, outcome, user, typed, from }: AuthAct,
): Promise<void> =>
  recordAct(deps, {
    act,
    outcome,
    actorId: user?.id ?? null,
    actorName: user?.name ?? typed,
    subject: null,
    subjectId: null,
    kind: null,
    ipAddress: from.ip,
    userAgent: from.userAgent,
    details: {},
  })
