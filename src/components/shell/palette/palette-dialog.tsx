'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { Command as Palette } from 'cmdk'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useMayManage, useMayWrite } from '../user'
import { type Command, commandsFor } from './commands'
import { useFound } from './use-found'

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** One field that leads everywhere: acts, places, and whatever bears the words that are typed. */
export function PaletteDialog({ open, onOpenChange }: PaletteProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-40 grid justify-items-center p-3 sm:p-6 sm:pt-[12vh]">
          <Base.Popup
            aria-label="Search and commands"
            className="h-fit w-full max-w-[600px] overflow-hidden rounded-card border bg-surface shadow-float outline-none"
          >
            <Content onDone={() => onOpenChange(false)} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function Content({ onDone }: { onDone: () => void }) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const may = { write: useMayWrite(), manage: useMayManage() }
  const { acts, places } = commandsFor(typed, may)
  const { groups, isSettled, failed } = useFound(typed)
  const go = (href: string) => () => {
    onDone()
    router.push(href)
  }
  const isEmpty = acts.length + places.length + groups.length === 0
  return (
    <Palette shouldFilter={false} loop label="Search and commands">
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-ink-3" />
        <Palette.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="Search, or go to…"
          maxLength={200}
          className="h-12 w-full min-w-0 bg-transparent text-body outline-none placeholder:text-ink-3"
        />
      </div>
      <Palette.List label="Results" className="max-h-[min(420px,60dvh)] overflow-y-auto p-2 text-control">
        {groups.map(({ heading, rows }) => (
          <Group key={heading} heading={heading}>
            {rows.map(({ id, href, name, note }) => (
              <Item key={id} value={`${heading} ${id}`} onSelect={go(href)} name={name} note={note} />
            ))}
          </Group>
        ))}
        <Commands heading="Do" commands={acts} go={go} />
        <Commands heading="Go to" commands={places} go={go} />
        <p role="status" className="px-2 py-2 text-ink-3 empty:hidden">
          {wordsOf({ isEmpty, isSettled, failed })}
        </p>
      </Palette.List>
    </Palette>
  )
}

function wordsOf({ isEmpty, isSettled, failed }: { isEmpty: boolean; isSettled: boolean; failed: boolean }) {
  if (failed) return 'Not everything could be searched. Type on to try again.'
  if (!isSettled) return 'Searching…'
  return isEmpty ? 'Nothing bears these words.' : ''
}

type Going = (href: string) => () => void

function Commands({ heading, commands, go }: { heading: string; commands: readonly Command[]; go: Going }) {
  if (commands.length === 0) return null
  return (
    <Group heading={heading}>
      {commands.map(({ href, label, icon: Icon }) => (
        <Item
          key={href}
          value={`command ${href}`}
          onSelect={go(href)}
          name={label}
          icon={Icon && <Icon aria-hidden className="size-4 shrink-0 opacity-80" />}
        />
      ))}
    </Group>
  )
}

const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Palette.Group
    heading={heading}
    className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-caption [&_[cmdk-group-heading]]:text-ink-3"
  >
    {children}
  </Palette.Group>
)

function Item({
  value,
  onSelect,
  name,
  note,
  icon,
}: {
  value: string
  onSelect: () => void
  name: string
  note?: string
  icon?: ReactNode
}) {
  return (
    <Palette.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-small px-2 data-[selected=true]:bg-sunken pointer-coarse:min-h-11"
    >
      {icon}
      <span className="min-w-0 truncate">{name}</span>
      {note && <span className="ml-auto min-w-0 max-w-[50%] truncate text-caption text-ink-3">{note}</span>}
    </Palette.Item>
  )
}
