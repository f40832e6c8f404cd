/**
 * One typed function for each event of the catalogue: what hiring code calls after it has stored
 * what happened. Each takes the data and `agencyId`, returns a promise that never rejects, and goes
 * on after the response was sent, so that not awaiting it loses nothing.
 */
import { publishInBackground } from '../publish-in-background';
import { helpersFor } from './define';

const define = helpersFor(publishInBackground);

export const webhookApplicationCreated = define('application.created');
export const webhookApplicationStatusChanged = define('application.status_changed');
export const webhookInterviewScheduled = define('interview.scheduled');
export const webhookInterviewCompleted = define('interview.completed');
export const webhookOfferSent = define('offer.sent');
export const webhookOfferAccepted = define('offer.accepted');
export const webhookOfferRejected = define('offer.rejected');
export const webhookVideoRecordingReady = define('video.recording.ready');
export const webhookVideoTranscriptCompleted = define('video.transcript.completed');
export const webhookPlacementCreated = define('placement.created');
export const webhookMockInterviewCompleted = define('mock_interview.completed');
export const webhookJobCreated = define('job.created');
export const webhookJobUpdated = define('job.updated');
export const webhookJobClosed = define('job.closed');
export const webhookCandidateRegistered = define('candidate.registered');
export const webhookQuizStarted = define('quiz.started');
export const webhookQuizCompleted = define('quiz.completed');
export const webhookResumeParsed = define('resume.parsed');
export const webhookResumeParseFailed = define('resume.parse_failed');
export const webhookAtsCheckCompleted = define('ats.check_completed');
export const webhookAtsCheckFailed = define('ats.check_failed');
export const webhookTailoringCompleted = define('tailoring.completed');
export const webhookTailoringFailed = define('tailoring.failed');
export const webhookOperationCancelled = define('operation.cancelled');
export const webhookQueryCreated = define('query.created');
export const webhookQueryResolved = define('query.resolved');
export const webhookQueryEscalated = define('query.escalated');
export const webhookFeedbackReceived = define('feedback.received');
