'use client'

import { debounce } from 'nuqs'
import { ListTools } from '@/components/lists/list-tools'
import { FilterChips } from '@/components/ui/data/filter-chips'
import { SearchInput } from '@/components/ui/fields/search-input'
import { Select } from '@/components/ui/fields/select'
import { SCOPES } from '@/domain/inbox/conversation'
import { isAtLeast } from '@/domain/team/roles'
import { api } from '@/trpc/react'
import { SCOPE_LABELS } from './inbox-text'
import type { Inbox } from './use-inbox'

const FROM_THE_START = { after: null, before: null, id: null }

/** Which list, with how many stand in each, and what narrows it. */
export function InboxFilters({ inbox: { address, setAddress, counts, hrefOf, choice } }: { inbox: Inbox }) {
  const { scope, search } = address
  const shown = counts.data?.counts
  return (
    <div className="mb-3 grid gap-2.5">
      <FilterChips
        label="Conversations"
        current={hrefOf({ ...FROM_THE_START, scope })}
        chips={SCOPES.map((one) => ({
          label: SCOPE_LABELS[one],
          href: hrefOf({ ...FROM_THE_START, scope: one }),
          ...(shown ? { count: shown[one].total, more: shown[one].more } : {}),
        }))}
      />
      <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
        <SearchInput
          label="Search by name, company, address, subject"
          placeholder="Name, company, address, subject"
          value={search}
          onValueChange={(next) =>
            setAddress(
              { ...FROM_THE_START, search: next || null },
              { limitUrlUpdates: debounce(300), history: 'replace' },
            )
          }
          className="col-span-2 sm:w-[270px]"
        />
        <Narrowing address={address} setAddress={setAddress} />
        <ListTools choice={choice} views="inbox" />
      </div>
    </div>
  )
}

const ANY = 'any'

function Narrowing({ address: { mailbox, campaign, person }, setAddress }: Pick<Inbox, 'address' | 'setAddress'>) {
  const mailboxes = api.mailboxes.list.useQuery().data ?? []
  const campaigns = api.inbox.campaigns.useQuery().data ?? []
  const people = api.team.people.useQuery().data?.people ?? []
  const choose = (change: Partial<Inbox['address']>) => void setAddress({ ...FROM_THE_START, ...change })
  const orNull = (value: string) => (value === ANY ? null : value)
  return (
    <>
      <Select
        aria-label="Mailbox"
        className="min-w-0 sm:w-[160px]"
        value={mailbox ?? ANY}
        onValueChange={(value) => choose({ mailbox: orNull(value) })}
        options={[
          { value: ANY, label: 'All mailboxes' },
          ...mailboxes.map(({ id, name, fromEmail }) => ({ value: id, label: name || fromEmail, hint: fromEmail })),
        ]}
      />
      <Select
        aria-label="Campaign"
        className="min-w-0 sm:w-[160px]"
        value={campaign ?? ANY}
        onValueChange={(value) => choose({ campaign: orNull(value) })}
        options={[
          { value: ANY, label: 'All campaigns' },
          ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        aria-label="Person"
        className="col-span-2 min-w-0 sm:w-[140px]"
        value={person ?? ANY}
        onValueChange={(value) => choose({ person: orNull(value) })}
        options={[
          { value: ANY, label: 'Everybody' },
          { value: 'me', label: 'Mine' },
          { value: 'nobody', label: 'Nobody’s' },
          ...people.filter(({ role }) => isAtLeast(role, 'member')).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  )
}
