'use client'

import type { ReactNode } from 'react'
import { ClockProvider } from '@/components/ui/clock'
import { useHealth } from './health'
import { Keyboard } from './keyboard'
import { BottomNav, NarrowHead } from './narrow-nav'
import { RestoredBanner } from './restored-banner'
import { SideNav } from './side-nav'
import { SignInBanner } from './sign-in-banner'
import { UserProvider } from './user'
import type { UserMenuProps } from './user-menu'
import { WayBack } from './way-back'

/** The frame of every signed-in screen: navigation, health, clock, and the page as `main`. */
export function AppShell({ user, children }: UserMenuProps & { children: ReactNode }) {
  const { data: health } = useHealth()
  return (
    <ClockProvider reading={health?.clock ?? null}>
      <UserProvider user={user}>
        <Keyboard>
          <a
            href="#main"
            className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-ink px-3 py-2 font-medium text-control text-page focus-visible:translate-y-0"
          >
            Skip to the page
          </a>
          <div className="flex min-h-dvh flex-col md:flex-row">
            <SideNav user={user} />
            <NarrowHead user={user} />
            <main
              id="main"
              tabIndex={-1}
              className="w-full min-w-0 max-w-[1240px] px-4 pt-4 pb-24 outline-none md:px-8 md:pt-5 md:pb-12"
            >
              <WayBack />
              <RestoredBanner />
              <SignInBanner />
              {children}
            </main>
            <BottomNav />
          </div>
        </Keyboard>
      </UserProvider>
    </ClockProvider>
  )
}
