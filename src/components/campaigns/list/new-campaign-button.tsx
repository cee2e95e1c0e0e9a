'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { CampaignType } from '@/domain/campaign/state'
import { useKey } from '../use-key'
import { TYPE_WORDS } from './type-words'

/** Goes to a new outreach campaign, also by the key `c`. Types that cannot be created yet say so in words. */
export function NewCampaignButton({ type }: { type: CampaignType }) {
  const router = useRouter()
  const { later } = TYPE_WORDS[type]
  const create = useCallback(() => {
    if (!later) router.push('/campaigns/new')
  }, [later, router])
  useKey('c', create)
  if (later) {
    return (
      <>
        <span id="new-campaign-later" className="text-caption text-ink-3">
          {later}
        </span>
        <Button icon={Plus} disabled aria-describedby="new-campaign-later">
          New campaign
        </Button>
      </>
    )
  }
  return (
    <ButtonLink variant="primary" icon={Plus} href="/campaigns/new" prefetch={false} aria-keyshortcuts="c">
      New campaign <Kbd inherit>C</Kbd>
    </ButtonLink>
  )
}
