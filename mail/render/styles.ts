/** Mail programs drop style sheets, so every element carries its own. Colours are the console's. */

export const FRAME_STYLE =
  "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;" +
  'font-size:15px;line-height:1.5;color:#1e2527';
export const MUTED_STYLE = 'color:#5b6668;font-size:13px;line-height:1.5';
export const QUOTE_STYLE =
  'margin:8px 0 0 0;border-left:2px solid #cfd8d6;padding-left:12px;color:#5b6668';
export const HEADING_STYLE = 'margin:0 0 8px 0;font-size:20px;line-height:1.3;font-weight:600';
export const CARD_STYLE =
  'max-width:600px;margin:0 auto;padding:24px;border:1px solid #dfe5e4;border-radius:8px';
export const LINE_STYLE = 'border:0;border-top:1px solid #dfe5e4;margin:20px 0';
export const BUTTON_STYLE =
  'display:inline-block;padding:10px 18px;border-radius:6px;background-color:#0f6454;' +
  'color:#ffffff;font-weight:600;text-decoration:none';
export const CHOICE_STYLE =
  'display:inline-block;padding:8px 18px;margin:0 6px 6px 0;border:1px solid #0f6454;' +
  'border-radius:6px;color:#0f6454;font-weight:600;text-decoration:none';
export const OURS_STYLE =
  'margin:12px 0;padding:12px 16px;border:1px solid #cfe3dd;border-radius:8px;' +
  'background-color:#f0f7f5';
export const THEIRS_STYLE =
  'margin:12px 0;padding:12px 16px;border:1px solid #dfe5e4;border-radius:8px;' +
  'background-color:#ffffff';
