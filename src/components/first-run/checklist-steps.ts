import { routes } from '@/routes'

/** The parts that the installation has so far; null: not known yet. */
export type Progress = {
  mode: 'sandbox' | 'live' | null
  /** Mailboxes that a person has set up: the one that comes with the installation has a made-up address. */
  ownMailboxes: number | null
  hasAddress: boolean | null
  batches: number | null
  /** The newest campaign; undefined: not known yet, null: there is none. */
  campaign: { id: string; isDraft: boolean } | null | undefined
}

export type ChecklistStep = {
  key: 'mailbox' | 'address' | 'leads' | 'campaign'
  state: 'done' | 'todo' | 'checking'
  title: string
  detail: string
  href: string
  /** The text of the link. */
  act: string
}

const reached = (count: number | null): ChecklistStep['state'] =>
  count === null ? 'checking' : count > 0 ? 'done' : 'todo'

/** The way to the first campaign; the steps may be taken in any order. */
export function checklistSteps(progress: Progress): ChecklistStep[] {
  const { mode, ownMailboxes, hasAddress, batches, campaign } = progress
  return [
    mode === 'sandbox'
      ? {
          key: 'mailbox',
          state: 'done',
          title: 'Sending: the sandbox',
          detail: 'Emails stay on this machine. Connect a mailbox of your own when you want to send for real.',
          href: routes.mailboxes,
          act: 'Mailboxes',
        }
      : {
          key: 'mailbox',
          state: mode === null ? 'checking' : reached(ownMailboxes),
          title: 'Connect a mailbox',
          detail: 'The account that campaigns send from. The first one still has an example address.',
          href: routes.mailboxes,
          act: 'Connect',
        },
    {
      key: 'address',
      state: hasAddress === null ? 'checking' : hasAddress ? 'done' : 'todo',
      title: 'Add your postal address',
      detail: 'The law asks for it in every campaign email.',
      href: routes.postalAddress({ back: routes.campaigns() }),
      act: hasAddress ? 'Change' : 'Add',
    },
    {
      key: 'leads',
      state: reached(batches),
      title: 'Import leads',
      detail: 'From a CSV file or pasted rows, into a batch.',
      href: reached(batches) === 'done' ? routes.leads() : routes.importLeads(),
      act: reached(batches) === 'done' ? 'Show' : 'Import',
    },
    campaignStep(campaign),
  ]
}

function campaignStep(campaign: Progress['campaign']): ChecklistStep {
  if (!campaign) {
    return {
      key: 'campaign',
      state: campaign === null ? 'todo' : 'checking',
      title: 'Write your first campaign and start it',
      detail: 'Choose leads, write the emails, and see what would go out. Nothing is sent before you start it.',
      href: routes.newCampaign(),
      act: 'Create',
    }
  }
  return campaign.isDraft
    ? {
        key: 'campaign',
        state: 'todo',
        title: 'Start your campaign',
        detail: 'It is a draft, and drafts send nothing. Its review shows what a start would do.',
        href: routes.editCampaign(campaign.id, { step: 'review' }),
        act: 'Review',
      }
    : {
        key: 'campaign',
        state: 'done',
        title: 'Campaign started',
        detail: 'Its page says when the first email leaves. This list goes once it has left.',
        href: routes.campaign(campaign.id),
        act: 'Show',
      }
}
