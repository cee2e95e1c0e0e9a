'use client'

import { Button } from '@/components/ui/button'
import { formatOf } from '@/components/ui/numbers'
import type { SuppressionReason } from '@/domain/lead/suppression'
import { api, messageOf } from '@/trpc/react'
import type { SuppressionImport } from '../api-types'

type Domain = NonNullable<SuppressionImport['unconfirmed']>[number]

/** Domains where anybody can have an address: each is added only when that is confirmed. */
export function UnconfirmedDomains({ domains, reason }: { domains: readonly Domain[]; reason: SuppressionReason }) {
  return (
    <ul aria-label="Domains to confirm" className="grid gap-2">
      {domains.map((domain) => (
        <UnconfirmedDomain key={domain.value} domain={domain} reason={reason} />
      ))}
    </ul>
  )
}

function UnconfirmedDomain({ domain: { value, leads }, reason }: { domain: Domain; reason: SuppressionReason }) {
  const utils = api.useUtils()
  const add = api.suppression.add.useMutation({ onSuccess: () => utils.suppression.list.invalidate() })
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 rounded-card border px-4 py-3 text-control">
      <span className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]">
        Anybody can have an address at {value}; {formatOf(leads, 'lead has', 'leads have')} one.
        {add.error && <span className="block text-failed-ink">{messageOf(add.error)}</span>}
      </span>
      {add.isSuccess ? (
        <span role="status">Added</span>
      ) : (
        <Button size="sm" pending={add.isPending} onClick={() => add.mutate({ value, reason, confirmed: true })}>
          Add everybody at {value}
        </Button>
      )}
    </li>
  )
}
