'use client'

import { useParams } from 'next/navigation'
import { useState } from 'react'
import { EditPage } from './edit-page'
import { NewCampaign } from './new-campaign'

/** A draft by its id, or a new one. One that is stored while it is edited goes on under its own address, untouched. */
export function DraftHost() {
  const { id } = useParams<{ id?: string }>()
  const [stored, setStored] = useState<string | null>(null)
  if (id && id !== stored) return <EditPage key={id} campaignId={id} />
  return <NewCampaign onStored={setStored} />
}
