/** Limits of keeping files and of looking at them, each with its reason. */

// --- A bucket as the store of files

/** Connecting; a store of files stands near, and answers within 50 ms. */
export const S3_CONNECT_MS = 3 * 1000;

/** Until an answer begins; after a night of rest Amazon's takes 2 s. */
export const S3_ANSWER_MS = 15 * 1000;

/** A connection on which nothing moves, in the middle of an object. */
export const S3_IDLE_MS = 20 * 1000;

/** Writing one object; 100 MiB at 10 Mbit/s pass in this time, and no sender waits longer. */
export const S3_PUT_MS = 120 * 1000;

// --- Scanning for viruses

/** clamd stands near; while it loads its signatures it does not listen. */
export const SCAN_CONNECT_MS = 5 * 1000;

/** Silence while it works: a large archive takes it half a minute. */
export const SCAN_IDLE_MS = 60 * 1000;

/** One file in all; clamd itself gives up after two minutes (MaxScanTime). */
export const SCAN_MS_MAX = 150 * 1000;

// --- Small pictures of pictures

/** Points on the longer side: sharp at the size that a list shows, on dense screens too. */
export const THUMBNAIL_POINTS = 320;

/** Points of an agent's square picture: shown at 40, on screens with three points for one. */
export const PHOTO_POINTS = 160;

/** A picture of the largest phone cameras has 50 million points; a bomb has billions. */
export const THUMBNAIL_PIXELS_MAX = 64_000_000;

/** The largest honest one takes 3 s on a slow machine, with starting the process. */
export const THUMBNAIL_MS_MAX = 15 * 1000;

/** What their maker says by its end when the picture is to blame; Node itself ends with 1 to 14. */
export const BAD_PICTURE_EXIT_CODE = 20;

/** Each takes up to 300 MB for a moment. */
export const THUMBNAILS_AT_ONCE = 2;
