import { type LucideIcon, Plus, Upload, UserRound } from 'lucide-react'
import { routes } from '@/routes'
import { DESTINATIONS } from '../destinations'

/** A place or an act that the palette leads to. `words`: further ones by which it is found. */
export type Command = { href: string; label: string; words?: string; icon?: LucideIcon; needs?: 'write' | 'manage' }

const ACTS: readonly Command[] = [
  { href: routes.newCampaign(), label: 'New campaign', words: 'create outreach', icon: Plus, needs: 'write' },
  { href: routes.importLeads(), label: 'Import leads', words: 'csv upload file', icon: Upload, needs: 'write' },
  { href: routes.newTemplate, label: 'New template', words: 'create email', icon: Plus, needs: 'write' },
  { href: routes.newWorkflow, label: 'New workflow', words: 'create sequence', icon: Plus, needs: 'write' },
  { href: routes.newMailbox, label: 'Add a mailbox', words: 'smtp imap gmail microsoft', icon: Plus, needs: 'manage' },
]

const FURTHER: readonly Command[] = [
  { href: routes.notifications(), label: 'Notifications', words: 'bell unread' },
  { href: routes.batches, label: 'Batches' },
  { href: routes.imports(), label: 'Imports', words: 'history csv files roll back' },
  { href: routes.acts(), label: 'Bulk actions', words: 'acts leads history undo' },
  { href: routes.mailboxes, label: 'Mailboxes', words: 'settings smtp imap' },
  { href: routes.leadSources, label: 'Lead sources', words: 'settings apollo hunter google places' },
  { href: routes.suppression(), label: 'Suppression list', words: 'settings unsubscribed opt-out do not email' },
  { href: routes.team, label: 'Team', words: 'settings people invitations roles' },
  { href: routes.audit(), label: 'Audit log', words: 'settings history' },
  { href: routes.about, label: 'About', words: 'settings version' },
  { href: routes.account, label: 'Your account', words: 'password sessions two-factor profile', icon: UserRound },
]

const PLACES: readonly Command[] = [...DESTINATIONS, ...FURTHER]

const isNamed = ({ label, words = '' }: Command, typed: string) => {
  const all = `${label} ${words}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}

/** Acts and places that bear all the words that were typed; all of them for none. */
export function commandsFor(typed: string, may: { write: boolean; manage: boolean }) {
  const wanted = typed.trim()
  const isOpen = (command: Command) => (!command.needs || may[command.needs]) && isNamed(command, wanted)
  return { acts: ACTS.filter(isOpen), places: PLACES.filter(isOpen) }
}
