/** Customers as /api/v1 has them, and what is written for them. */
import type { Named } from './types.ts';

export interface CustomerNote {
  id: string;
  at: string;
  by: Named | null;
  text: string;
  editedAt: string | null;
}

export interface Customer {
  id: string;
  name: string;
  email: string;
  addresses?: string[];
  createdAt?: string;
  /** How many there are. */
  tickets?: number;
  notes?: CustomerNote[];
  /** Whom agents made part of this customer. */
  merged?: { id: string; name: string | null; at: string | null; by: Named | null }[];
}

/** The mail that solving with a summary would send now. */
export interface SummaryPreview {
  to: string;
  subject: string;
  text: string;
  html: string;
  skipped: 'automatic_sender' | 'too_many' | 'no_address' | null;
}
