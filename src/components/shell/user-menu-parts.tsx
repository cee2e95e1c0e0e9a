'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check, Keyboard, LogOut, UserCog } from 'lucide-react'
import Link from 'next/link'
import { type ReactElement, useState } from 'react'
import { signOut } from '@/components/account/auth-client'
import { dropDrafts } from '@/components/hooks/use-kept-draft'
import { cn } from '@/components/ui/class-names'
import { type TakesOver, useTakenFocus } from '@/components/ui/later/use-stand-in'
import { notifyFailed } from '@/components/ui/overlays/toast'
import { itemStyle, popupStyle } from '@/components/ui/popup-style'
import { ROLE_NAMES } from '@/domain/team/roles'
import { routes } from '@/routes'
import { useOpenKeys } from './keyboard'
import { setTheme, type ThemeChoice, useTheme } from './theme-choice'
import type { PlacedUserMenuProps } from './user-menu'

const THEMES: readonly (readonly [ThemeChoice, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** The menu itself, hung on its trigger; `UserMenu` fetches it and stands in for it. */
export function UserMenuParts({
  user,
  side,
  compact,
  trigger,
  takesOver,
}: PlacedUserMenuProps & { trigger: ReactElement; takesOver: TakesOver }) {
  const theme = useTheme()
  const openKeys = useOpenKeys()
  const control = useTakenFocus<HTMLButtonElement>(takesOver)
  const [leaving, setLeaving] = useState(false)
  const leave = async () => {
    setLeaving(true)
    const left = await signOut()
    if (left) {
      dropDrafts()
      return location.assign(routes.signIn())
    }
    setLeaving(false)
    notifyFailed('You are still signed in.', { description: 'The server did not answer. Try again.' })
  }
  return (
    <Base.Root modal={false} defaultOpen={takesOver.open}>
      <Base.Trigger ref={control} render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} side={side} align={compact ? 'end' : 'start'} className="z-50 outline-none">
          <Base.Popup className={cn(popupStyle, 'w-[200px]')}>
            <p className="px-2 py-1">
              <span className="block truncate font-medium">{user.name}</span>
              <span className="block truncate text-caption text-ink-3">{user.email}</span>
              <span className="block text-caption text-ink-3">{ROLE_NAMES[user.role]}</span>
            </p>
            <Base.Separator className="my-1 h-px bg-line" />
            <Base.RadioGroup value={theme} onValueChange={setTheme} aria-label="Appearance">
              {THEMES.map(([value, label]) => (
                <Base.RadioItem key={value} value={value} closeOnClick={false} className={itemStyle}>
                  <span className="flex-1">{label}</span>
                  <Base.RadioItemIndicator className="text-accent">
                    <Check aria-hidden />
                  </Base.RadioItemIndicator>
                </Base.RadioItem>
              ))}
            </Base.RadioGroup>
            <Base.Separator className="my-1 h-px bg-line" />
            <Base.Item className={itemStyle} render={<Link href={routes.account} />}>
              <UserCog aria-hidden className="text-ink-2" />
              Account
            </Base.Item>
            <Base.Item className={cn(itemStyle, 'pointer-coarse:hidden')} onClick={openKeys}>
              <Keyboard aria-hidden className="text-ink-2" />
              Keyboard
            </Base.Item>
            <Base.Item closeOnClick={false} disabled={leaving} className={itemStyle} onClick={leave}>
              <LogOut aria-hidden className="text-ink-2" />
              {leaving ? 'Signing out' : 'Sign out'}
            </Base.Item>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
