import type { Route } from '../deps.ts';
import { changeCompanySettings } from './company-settings/change.ts';
import { showCompanySettings } from './company-settings/show.ts';
import { listDeskTextsRoute } from './desk-texts/list.ts';
import { previewDeskTextRoute } from './desk-texts/preview.ts';
import { resetDeskTextRoute } from './desk-texts/reset.ts';
import { saveDeskTextRoute } from './desk-texts/save.ts';
import { streamEvents } from './events/stream.ts';
import { showAttachment } from './files/show.ts';
import { showThumbnail } from './files/thumbnail.ts';
import { uploadFile } from './files/upload.ts';
import { endFirstStepsRoute } from './first-steps/end.ts';
import { showFirstSteps } from './first-steps/show.ts';
import { listMessages } from './messages/list.ts';
import { markArrived } from './messages/arrived.ts';
import { rememberImages } from './messages/remember-images.ts';
import { showMailFrame } from './messages/mail-frame.ts';
import { resendMessage } from './messages/resend.ts';
import { showMailHtml } from './messages/show-html.ts';
import { undoMessage } from './messages/undo.ts';
import { changeMe } from './me/change.ts';
import { endOwnSessions } from './me/end-sessions.ts';
import { listOwnSessions } from './me/list-sessions.ts';
import { changeOwnPassword } from './me/password.ts';
import { removePhoto } from './me/remove-photo.ts';
import { setPhoto } from './me/set-photo.ts';
import { showMe } from './me/show.ts';
import { cancelNext } from './next/cancel.ts';
import { listNext } from './next/list.ts';
import { moveNext } from './next/move.ts';
import { takeContactForm } from './contact/take-form.ts';
import { solvedRoute } from './public/solved.ts';
import { challengeRoute } from './public/challenge.ts';
import { showModuleRoute } from './public/module.ts';
import { askRoute } from './public/ask.ts';
import { openLinkRoute } from './account-links/open.ts';
import { useLinkRoute } from './account-links/use.ts';
import { forgotPasswordRoute } from './session/forgot-password.ts';
import { signIn } from './session/sign-in.ts';
import { signOut } from './session/sign-out.ts';
import { addLabel } from './tickets/add-label.ts';
import { addNote } from './tickets/add-note.ts';
import { changeNote } from './tickets/change-note.ts';
import { removeNote } from './tickets/remove-note.ts';
import { showSummary } from './tickets/show-summary.ts';
import { assignTicket } from './tickets/assign.ts';
import { setAutoSolve } from './tickets/auto-solve.ts';
import { changeTeam } from './tickets/change-team.ts';
import { claimTicket } from './tickets/claim.ts';
import { composeTicket } from './tickets/compose.ts';
import { inviteAgent } from './tickets/invite.ts';
import { markTicketRead } from './tickets/mark-read.ts';
import { pendTicket } from './tickets/pend.ts';
import { releaseTicket } from './tickets/release.ts';
import { removeLabel } from './tickets/remove-label.ts';
import { renameTicket } from './tickets/rename.ts';
import { reopenTicket } from './tickets/reopen.ts';
import { replyToTicket } from './tickets/reply.ts';
import { resumeTicket } from './tickets/resume.ts';
import { keepDraft } from './tickets/save-draft.ts';
import { showDraft } from './tickets/show-draft.ts';
import { solveTicket } from './tickets/solve.ts';
import { tellPresence } from './tickets/tell-presence.ts';
import { uninviteAgent } from './tickets/uninvite.ts';

/** Calls that change something, and what belongs to them. */
export const changingRoutes: readonly Route[] = [
  signIn,
  signOut,
  openLinkRoute,
  useLinkRoute,
  forgotPasswordRoute,
  showMe,
  changeMe,
  changeOwnPassword,
  setPhoto,
  removePhoto,
  listOwnSessions,
  endOwnSessions,
  showCompanySettings,
  changeCompanySettings,
  listDeskTextsRoute,
  saveDeskTextRoute,
  resetDeskTextRoute,
  previewDeskTextRoute,
  showFirstSteps,
  endFirstStepsRoute,
  composeTicket,
  claimTicket,
  releaseTicket,
  assignTicket,
  resumeTicket,
  reopenTicket,
  replyToTicket,
  renameTicket,
  showDraft,
  keepDraft,
  pendTicket,
  solveTicket,
  setAutoSolve,
  changeTeam,
  inviteAgent,
  uninviteAgent,
  addLabel,
  removeLabel,
  addNote,
  changeNote,
  removeNote,
  showSummary,
  markTicketRead,
  listNext,
  moveNext,
  cancelNext,
  listMessages,
  undoMessage,
  resendMessage,
  rememberImages,
  markArrived,
  showMailHtml,
  showMailFrame,
  uploadFile,
  showAttachment,
  showThumbnail,
  takeContactForm,
  askRoute,
  challengeRoute,
  showModuleRoute,
  solvedRoute,
  tellPresence,
  streamEvents,
];
