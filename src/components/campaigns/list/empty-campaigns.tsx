import { Megaphone, SearchX } from 'lucide-react'
import { Button, ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'
import { TYPE_WORDS } from '../status/type-text'

/** One sentence and one button for a list without rows. */
export function EmptyCampaigns({
  type,
  filtered,
  onClear,
}: {
  type: CampaignType
  filtered: boolean
  onClear: () => void
}) {
  if (filtered) {
    return (
      <EmptyState icon={SearchX} title="No campaign matches." action={<Button onClick={onClear}>Show all</Button>}>
        Nothing is hidden for good: the filters above leave it out.
      </EmptyState>
    )
  }
  const words = TYPE_WORDS[type]
  return (
    <EmptyState
      icon={Megaphone}
      title={`No ${words.adjective} campaigns yet.`}
      action={
        <ButtonLink href={routes.newCampaign({ type })} prefetch={false}>
          New {words.adjective} campaign
        </ButtonLink>
      }
    >
      {words.purpose}
    </EmptyState>
  )
}
