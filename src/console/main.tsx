import '@fontsource-variable/inter/wght.css'
import './kit/tokens.css'
import './kit/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query.ts'
import { startTexts } from './i18n.ts'
import { loadPopupsWhenIdle } from './kit/onDemand.tsx'
import { Toasts } from './kit/Toast.tsx'
import { Tips } from './kit/Tooltip.tsx'
import { keepShell } from './offline/keepShell.ts'
import { router } from './router.tsx'
import { applyTheme } from './theme.ts'

applyTheme()
await startTexts()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <RouterProvider router={router} />
      </Suspense>
      <Toasts />
      <Tips />
    </QueryClientProvider>
  </StrictMode>,
)
loadPopupsWhenIdle()
keepShell()
