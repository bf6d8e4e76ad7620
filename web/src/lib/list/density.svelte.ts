export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** As `app.html` reads it before the first paint. */
const KEY = 'postkeep:rows';

/** How high the rows of lists are; kept in this browser, since it belongs to its screen. */
export class DensityChoice {
  #density = $state<Density>(stored());

  get value(): Density {
    return this.#density;
  }

  choose(density: Density): void {
    this.#density = density;
    if (density === 'compact') document.documentElement.dataset.rows = density;
    else delete document.documentElement.dataset.rows;
    localStorage.setItem(KEY, density);
  }
}

function stored(): Density {
  const kept = localStorage.getItem(KEY);
  return DENSITIES.find((density) => density === kept) ?? 'comfortable';
}
