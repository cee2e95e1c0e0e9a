'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { useKey } from '@/components/hooks/use-key'
import { ButtonLink } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'

/** Goes to a new campaign of the type of the open tab, also by the key `c`. */
export function NewCampaignButton({ type }: { type: CampaignType }) {
  const router = useRouter()
  const href = routes.newCampaign({ type })
  useKey(
    'c',
    useCallback(() => router.push(href), [router, href]),
  )
  return (
    <ButtonLink variant="primary" icon={Plus} href={href} prefetch={false} aria-keyshortcuts="c">
      New campaign <Kbd inherit>C</Kbd>
    </ButtonLink>
  )
}
