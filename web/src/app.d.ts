// What the build adds to the module world.

declare module 'virtual:addresses' {
  import type { RouteName } from '@rejoinder/contracts/routes';

  const addresses: Record<RouteName, readonly [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string]>;
  export default addresses;
}

declare namespace App {
  interface PageState {
    /** The card that is open beside the board. */
    card?: string;
  }
}

declare module '@fontsource-variable/inter/wght.css';
