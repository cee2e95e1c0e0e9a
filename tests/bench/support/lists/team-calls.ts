import type { Deps } from '@/deps'
import type { ActOutcome } from '@/domain/audit/acts'
import { type ListAuditEntries, listAuditEntries } from '@/use-cases/audit/list-audit-entries'
import { countUnreadNotifications, listNotifications } from '@/use-cases/notifications/list-notifications'
import { getAccount } from '@/use-cases/team/get-account'
import { listPeople, listPeopleBearing } from '@/use-cases/team/list-people'
import { listViews } from '@/use-cases/team/save-view'
import { type Calls, type Ids, lastPlace } from './calls'

const OWNER = { id: 'person-1', role: 'owner' } as const
const BY_EMAIL_ALONE = 'person-2'
const READ_ALL = 'person-3'

/** The reads of a team: its people, what each is told of, and what they did. */
export async function teamCalls(deps: Deps, { idOf }: Ids): Promise<Calls> {
  const audit = (input: ListAuditEntries = {}) => listAuditEntries(deps, input)
  const outcome = (outcome: ActOutcome) => audit({ outcome })
  const notifications = (userId: string, before?: string) => listNotifications(deps, { userId, before })
  const early = await idOf(`SELECT id FROM notifications WHERE user_id = '${OWNER.id}' ORDER BY id OFFSET 60 LIMIT 1`)
  return {
    'team.people': () => listPeople(deps, { by: OWNER }),
    'team.find': () => listPeopleBearing(deps, { search: 'a', pageSize: 5 }),
    'account.get': () => getAccount(deps, { userId: OWNER.id, sessionId: undefined }),
    'account.views': () => listViews(deps, { userId: OWNER.id, list: 'leads' }),
    'notifications.list': () => notifications(OWNER.id),
    'notifications.list far down': () => notifications(OWNER.id, early || undefined),
    'notifications.list of who wants emails alone': () => notifications(BY_EMAIL_ALONE),
    'notifications.unread': () => countUnreadNotifications(deps, { userId: OWNER.id }),
    'notifications.unread of who has read all': () => countUnreadNotifications(deps, { userId: READ_ALL }),
    'audit.list': () => audit(),
    'audit.list last page': () => audit({ before: lastPlace('1970-01-01T00:00:00.000Z') }),
    'audit.list of a group': () => audit({ group: 'sign_in' }),
    'audit.list of a rare group': () => audit({ group: 'team' }),
    'audit.list of a person': () => audit({ actorId: OWNER.id }),
    'audit.list of a person, a rare group': () => audit({ actorId: OWNER.id, group: 'team' }),
    'audit.list refused': () => outcome('refused'),
    'audit.list failed': () => outcome('failed'),
    'audit.list begun': () => outcome('begun'),
    'audit.list of a group, failed': () => audit({ group: 'sign_in', outcome: 'failed' }),
    'audit.list of a person, failed': () => audit({ actorId: OWNER.id, outcome: 'failed' }),
  }
}
