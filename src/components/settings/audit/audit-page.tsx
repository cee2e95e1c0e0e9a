'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { ScrollText, SearchX } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ExportLink } from '@/components/lists/export-link'
import { ListTools } from '@/components/lists/list-tools'
import { useMayManage } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { FilterChips } from '@/components/ui/data/filter-chips'
import { PlaceLinks } from '@/components/ui/data/place-pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Select } from '@/components/ui/fields/select'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { ACT_GROUPS, type ActGroup } from '@/domain/audit/acts'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { AdminOnly } from '../admin-only'
import { AUDIT_COLUMNS } from './audit-columns'
import { AuditDays } from './audit-days'
import { auditParsers } from './audit-search-params'
import { AuditTable } from './audit-table'

const FIRST = { after: null, before: null }

/** What people did here: who, when, from where. */
export function AuditPage() {
  if (!useMayManage()) return <AdminOnly>The audit log is for owners and admins.</AdminOnly>
  return <AuditLog />
}

function AuditLog() {
  const [{ group, actor, outcome, after, before }, setAddress] = useQueryStates(auditParsers)
  const choice = useListColumns(AUDIT_COLUMNS)
  const columns = choice.said
  const settings = api.settings.get.useQuery().data
  const log = api.audit.list.useQuery(
    {
      ...(after ? { after } : before ? { before } : {}),
      ...(group ? { group } : {}),
      ...(actor ? { actorId: actor } : {}),
      ...(outcome ? { outcome } : {}),
    },
    { placeholderData: keepPreviousData },
  )
  const filtered = Boolean(group || actor || outcome || after || before)
  const href = (place: { after?: string; before?: string }) =>
    routes.audit({ group, actor, outcome, columns, ...place })
  return (
    <Stack>
      <p className="text-control text-ink-2">
        What people did here, kept for {settings?.auditDays ?? 400} days. It never contains passwords, keys or links.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Filter by person"
          className="w-[200px]"
          value={actor ?? ''}
          onValueChange={(next) => setAddress({ actor: next || null, ...FIRST })}
          options={[
            { value: '', label: 'Everybody' },
            ...(log.data?.actors ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <ListTools choice={choice} views="audit">
          <ExportLink list="audit" group={group} actor={actor} outcome={outcome} />
        </ListTools>
        <FilterChips
          wide
          label="Filter by kind"
          current={outcome ? routes.audit({ actor, outcome, columns }) : routes.audit({ group, actor, columns })}
          chips={[
            { label: 'All', href: routes.audit({ actor, columns }) },
            ...(Object.keys(ACT_GROUPS) as ActGroup[]).map((one) => ({
              label: ACT_GROUPS[one],
              href: routes.audit({ group: one, actor, columns }),
            })),
            { label: 'Refused', href: routes.audit({ actor, outcome: 'refused', columns }) },
          ]}
        />
      </div>
      {log.error && !log.data ? (
        <ErrorState
          title={messageOf(log.error)}
          untouched="Nothing was changed."
          action={<Button onClick={() => log.refetch()}>Try again</Button>}
        />
      ) : (
        <Card className={log.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
          {!log.data ? (
            <SkeletonRows rows={6} label="Loading the audit log" />
          ) : log.data.rows.length === 0 ? (
            <NoLines
              onClear={filtered ? () => setAddress({ group: null, actor: null, outcome: null, ...FIRST }) : null}
            />
          ) : (
            <>
              <AuditTable rows={log.data.rows} zone={settings?.defaultTimezone ?? 'UTC'} columns={choice.shown} />
              <Ways {...log.data} href={href} />
            </>
          )}
        </Card>
      )}
      {settings && <AuditDays key={settings.auditDays} saved={settings.auditDays} />}
    </Stack>
  )
}

/** `onClear`: shows all again, where filters leave some out. */
const NoLines = ({ onClear }: { onClear: (() => void) | null }) => (
  <EmptyState
    icon={onClear ? SearchX : ScrollText}
    title={onClear ? 'Nothing matches.' : 'Nobody has done anything yet.'}
    action={onClear && <Button onClick={onClear}>Show all</Button>}
  />
)

/** The ways on and back; lines are not counted, which would take longer the longer the log is. */
function Ways({
  previous,
  next,
  href,
}: {
  previous: string | null
  next: string | null
  href: (place: { after?: string; before?: string }) => string
}) {
  if (!previous && !next) return null
  return (
    <nav aria-label="Pages" className="flex justify-end border-t px-[18px] py-2.5">
      <PlaceLinks page={{ previous, next }} href={href} words={['Later', 'Earlier']} />
    </nav>
  )
}
