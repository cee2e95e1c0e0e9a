'use client'

import { Switch } from '@/components/ui/fields/switch'
import { Dialog } from '@/components/ui/overlays/dialog'
import { DESTINATIONS } from './destinations'
import { GO_KEYS } from './go-keys'
import { setKeysOn, useKeysOn } from './keys-choice'

// With the keys themselves: one part more would weigh on the first load of every page.
export { pressListKey } from './list-keys'

type Line = { keys: readonly string[]; does: string }

const GO: readonly Line[] = Object.entries(GO_KEYS).map(([key, href]) => ({
  keys: ['G', key.toUpperCase()],
  does: DESTINATIONS.find((place) => place.href === href)?.label ?? href,
}))

const ACT: readonly Line[] = [
  { keys: ['Ctrl', 'K'], does: 'Search everything' },
  { keys: ['/'], does: 'Search this list' },
  { keys: ['C'], does: 'New campaign, in the list of campaigns' },
  { keys: ['Esc'], does: 'Clear the search, close a dialog' },
  { keys: ['?'], does: 'Show these keys' },
]

const LIST: readonly Line[] = [
  { keys: ['J'], does: 'Next row' },
  { keys: ['K'], does: 'Previous row' },
  { keys: ['X'], does: 'Choose the row' },
  { keys: ['Enter'], does: 'Open the row' },
]

const INBOX: readonly Line[] = [
  { keys: ['J'], does: 'Next conversation' },
  { keys: ['K'], does: 'Previous conversation' },
  { keys: ['Enter'], does: 'Go into the conversation' },
  { keys: ['R'], does: 'Reply' },
  { keys: ['E'], does: 'Done, or open again' },
  { keys: ['H'], does: 'Snooze' },
  { keys: ['A'], does: 'Assign' },
  { keys: ['I'], does: 'Mark as interested' },
  { keys: ['N'], does: 'Mark as not now' },
  { keys: ['W'], does: 'Mark as the wrong person' },
  { keys: ['#'], does: 'It asks to be removed' },
  { keys: ['M'], does: 'Add a note' },
  { keys: ['U'], does: 'Mark as unread' },
]

/** All keys, and the switch that turns single ones off. */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const on = useKeysOn()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard">
      <div className="grid gap-5">
        <div className={on ? 'grid gap-5 sm:grid-cols-2' : 'grid gap-5 opacity-60 sm:grid-cols-2'}>
          <Keys title="Go to" lines={GO} />
          <Keys title="On a page" lines={ACT} />
          <Keys title="In a list" lines={LIST} />
          <Keys title="In the inbox" lines={INBOX} />
        </div>
        <div className="border-t pt-3">
          <Switch
            label="Use single keys"
            hint="Off: only Esc, Tab, Enter and the arrows do something. Kept in this browser; you find it again under your name."
            checked={on}
            onCheckedChange={setKeysOn}
          />
        </div>
      </div>
    </Dialog>
  )
}

function Keys({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-caption text-ink-3">{title}</h3>
      <dl className="grid gap-1.5">
        {lines.map(({ keys, does }) => (
          <div key={does} className="grid grid-cols-[64px_1fr] items-baseline gap-2">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="rounded-[4px] border border-line-strong border-b-2 bg-surface px-1.5 font-medium font-sans text-[12px] text-ink-2 leading-4"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
