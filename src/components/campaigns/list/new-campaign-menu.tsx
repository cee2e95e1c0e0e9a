'use client'

import { ChevronDown, Plus } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useKey } from '@/components/hooks/use-key'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Menu } from '@/components/ui/overlays/menu'
import type { CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'
import { TYPE_WORDS } from '../status/type-text'

const TYPES: readonly CampaignType[] = ['outreach', 'lead_generation', 'fully_automated']

/** The three kinds of new campaigns, also by the key `c`: none is taken because its tab happens to be open. */
export function NewCampaignMenu() {
  const [open, setOpen] = useState(false)
  useKey(
    'c',
    useCallback(() => setOpen(true), []),
  )
  return (
    <Menu
      label="New campaign"
      open={open}
      onOpenChange={setOpen}
      items={TYPES.map((type) => ({
        label: TYPE_WORDS[type].label,
        hint: TYPE_WORDS[type].hint,
        href: routes.newCampaign({ type }),
      }))}
      trigger={
        <Button variant="primary" icon={Plus} aria-keyshortcuts="c">
          New campaign <Kbd inherit>C</Kbd>
          <ChevronDown aria-hidden />
        </Button>
      }
    />
  )
}
