"""Deliveries: what was published, and the body and headers that the guide of the contract shows."""

WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwWqDJxJMpz9A="
OLD_WHSEC = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD2qgbVVyPvXQ="
HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
OLD_HEX = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
WSK = "wsk_live_3q2-7wAB_zvVn0Ldn2xQk5m1pT8yWc4RrXoJ6hUe9sA"
CUSTOM = "Schlüssel von Zoë 🔑"

DELIVERY = "019c0a5e-7d1f-7a52-9c3b-6f1f3e6a7d10"
WEBHOOK = "019b8d21-02aa-7f00-8b1d-2d5e8c9a4b77"
OCCURRED = "2026-01-22T10:30:00.482Z"
SECONDS = "2026-01-22T10:30:00Z"
MILLISECONDS = "2026-01-22T10:30:00.482Z"
ATTEMPTED_SECONDS = 1769078461
ATTEMPTED = "2026-01-22T10:41:01Z"
LONG_TEXT = "Ligne très longue — " * 1500


def case(name, contract, type, data, body, headers, secrets, user_id=None):
    event = {"type": type, "data": data, "occurredAt": OCCURRED}
    if user_id:
        event["userId"] = user_id
    return {
        "name": name,
        "contract": contract,
        "event": event,
        "deliveryId": DELIVERY,
        "webhookId": WEBHOOK,
        "attemptedAtSeconds": ATTEMPTED_SECONDS,
        "secrets": secrets,
        "headers": {"Content-Type": "application/json", **headers},
        "body": body,
    }


def bpoc(name, type, data, body_data, event=None, secrets=(WHSEC,)):
    event = event or type
    body = {"event": event, "timestamp": SECONDS, "data": body_data}
    headers = {"User-Agent": "BPOC-Webhook/1.0", "X-Webhook-Event": event, "X-Webhook-Delivery-Id": DELIVERY}
    return case(name, "bpoc", type, data, body, headers, list(secrets))


def smart_hiring(name, type, data, body_data, event=None, secrets=(WHSEC,)):
    event = event or type
    body = {"event": event, "timestamp": SECONDS, "subscription_id": WEBHOOK, "data": body_data}
    headers = {"User-Agent": "SmartHiring-Webhook/1.0", "X-Webhook-Event": event, "X-Webhook-Delivery-ID": DELIVERY}
    return case(name, "smart-hiring", type, data, body, headers, list(secrets))


def roleready(name, type, data, body_data, event=None, secrets=(HEX,)):
    event = event or type
    body = {"event": event, "deliveryId": DELIVERY, "timestamp": MILLISECONDS, "userId": "clx-user-é", "data": body_data}
    headers = {"User-Agent": "RoleReady-Webhook/1.0", "X-Webhook-Event": event, "X-Webhook-Delivery-Id": DELIVERY}
    return case(name, "roleready", type, data, body, headers, list(secrets), user_id="clx-user-é")


def skillora(name, type, data, body_data, event, subscription, secrets=(WHSEC,)):
    body = {"event": event, "timestamp": SECONDS, "data": body_data}
    headers = {"User-Agent": "Skillora-Webhook/1.0", "X-Webhook-Event": subscription, "X-Webhook-Delivery": SECONDS}
    return case(name, "skillora", type, data, body, headers, list(secrets))


def hr_intelligence(name, type, data, body_data, event=None, secrets=(WSK,)):
    body = {"event": event or type, "timestamp": SECONDS, "webhook_id": WEBHOOK, "data": body_data}
    headers = {"User-Agent": "HRIntelligence-Webhook/1.0", "X-Webhook-Timestamp": ATTEMPTED, "X-Webhook-ID": WEBHOOK}
    return case(name, "hr-intelligence", type, data, body, headers, list(secrets))


def standard(name, type, data, body_data, secrets=(WHSEC,)):
    body = {"type": type, "timestamp": SECONDS, "data": body_data}
    return case(name, "standard", type, data, body, {"User-Agent": "Hirehook/1.0"}, list(secrets))


RESUME = {"skills": ["Pythön", ["nested", ["deeper", 1.5]]], "jobTitle": {"inCamelCase": "stays"}, "😀": None}
AREAS = {"technicalDepth": 8, "Communication": 7.5, "\uffee": 1, "😀": 2}

CASES = [
    bpoc(
        "application without the time, which this contract never shows",
        "application.created",
        {
            "applicationId": "uuid-123",
            "jobId": "uuid-456",
            "candidateId": "uuid-789",
            "candidateName": "María José Ñuñez 😀",
            "candidateEmail": "maria@example.com",
            "jobTitle": "Customer Service \"Representative\" \\ Tier 1",
            "appliedAt": "2026-01-22T10:29:00Z",
        },
        {
            "applicationId": "uuid-123",
            "jobId": "uuid-456",
            "candidateId": "uuid-789",
            "candidateName": "María José Ñuñez 😀",
            "candidateEmail": "maria@example.com",
            "jobTitle": "Customer Service \"Representative\" \\ Tier 1",
        },
    ),
    bpoc(
        "interview whose link was not published",
        "interview.scheduled",
        {
            "interviewId": "uuid-abc",
            "applicationId": "uuid-123",
            "candidateId": "uuid-789",
            "scheduledAt": "2026-01-25T14:00:00+08:00",
            "interviewType": "client_round_1",
        },
        {
            "interviewId": "uuid-abc",
            "applicationId": "uuid-123",
            "candidateId": "uuid-789",
            "scheduledAt": "2026-01-25T14:00:00+08:00",
            "interviewType": "client_round_1",
            "meetingLink": None,
        },
        secrets=(WHSEC, OLD_WHSEC),
    ),
    bpoc(
        "offer whose time was not published",
        "offer.accepted",
        {"offerId": "uuid-def", "applicationId": "uuid-123", "candidateId": "uuid-789"},
        {"offerId": "uuid-def", "applicationId": "uuid-123", "candidateId": "uuid-789", "acceptedAt": SECONDS},
    ),
    bpoc("test", "test", {"message": "Hello"}, {"message": "Hello"}),
    smart_hiring(
        "application",
        "application.created",
        {
            "applicationId": "507f191e810c19729de860ea",
            "jobId": "507f1f77bcf86cd799439012",
            "candidateId": "507f1f77bcf86cd799439013",
            "candidateName": "李小龍 👩🏽‍💻 \x7f",
            "candidateEmail": "john@example.com",
            "jobTitle": "Señor Software Engineer",
            "appliedAt": "2025-01-16T10:30:00Z",
        },
        {
            "application_id": "507f191e810c19729de860ea",
            "job_id": "507f1f77bcf86cd799439012",
            "candidate_id": "507f1f77bcf86cd799439013",
            "candidate_name": "李小龍 👩🏽‍💻 \x7f",
            "candidate_email": "john@example.com",
            "job_title": "Señor Software Engineer",
            "applied_at": "2025-01-16T10:30:00Z",
        },
        secrets=(WHSEC, OLD_WHSEC),
    ),
    smart_hiring(
        "status change with what was not published filled in",
        "application.status_changed",
        {
            "applicationId": "a",
            "jobId": "j",
            "candidateId": "c",
            "oldStatus": "applied",
            "newStatus": "interview_scheduled",
        },
        {
            "application_id": "a",
            "job_id": "j",
            "candidate_id": "c",
            "old_status": "applied",
            "new_status": "interview_scheduled",
            "changed_at": SECONDS,
            "changed_by": None,
        },
    ),
    smart_hiring(
        "quiz with fractions of every size",
        "quiz.completed",
        {
            "attemptId": "t",
            "quizId": "q",
            "candidateId": "c",
            "quizTitle": "Python Developer Assessment",
            "score": 1e-05,
            "totalPoints": 1e21,
            "percentage": 1.5e-07,
            "passed": False,
            "completedAt": "2025-01-16T11:15:00.25+01:00",
        },
        {
            "attempt_id": "t",
            "quiz_id": "q",
            "candidate_id": "c",
            "quiz_title": "Python Developer Assessment",
            "score": 1e-05,
            "total_points": 1e21,
            "percentage": 1.5e-07,
            "passed": False,
            "completed_at": "2025-01-16T11:15:00.25+01:00",
        },
    ),
    smart_hiring(
        "job with a list",
        "job.updated",
        {"jobId": "j", "jobTitle": "Chef·fe d’équipe", "changedFields": ["jobTitle", "größe", ""]},
        {
            "job_id": "j",
            "job_title": "Chef·fe d’équipe",
            "status": None,
            "changed_fields": ["jobTitle", "größe", ""],
            "updated_at": SECONDS,
        },
    ),
    smart_hiring("test", "test", {"message": "Grüße"}, {"message": "Grüße"}, event="webhook.test"),
    roleready(
        "parsed",
        "resume.parsed",
        {"resumeId": "clx1", "fileName": "résumé – José.pdf", "success": True},
        {"resumeId": "clx1", "fileName": "résumé – José.pdf", "parsedAt": SECONDS, "success": True},
    ),
    roleready(
        "tailored, while a rotation overlaps",
        "tailoring.completed",
        {
            "resumeId": "clx1",
            "jobTitle": "Senior Software Engineer",
            "mode": "PARTIAL",
            "atsScoreImprovement": 15.5,
            "completedAt": "2024-11-14T10:05:00Z",
        },
        {
            "resumeId": "clx1",
            "jobTitle": "Senior Software Engineer",
            "mode": "PARTIAL",
            "atsScoreImprovement": 15.5,
            "completedAt": "2024-11-14T10:05:00Z",
        },
        secrets=(HEX, OLD_HEX),
    ),
    roleready("test", "test", {"message": "Hello"}, {"message": "Hello"}, event="webhook.test"),
    skillora(
        "interview, with a secret of the caller's own",
        "interview.completed",
        {
            "interviewId": "i",
            "interviewResultsUrl": "https://skillora.example/jobs/j/i?a=1&b=é",
            "candidateId": "c",
            "jobId": "j",
            "score": 85,
            "status": "completed",
            "completedAt": "2024-01-15T14:25:00Z",
        },
        {
            "interview_id": "i",
            "interview_results_url": "https://skillora.example/jobs/j/i?a=1&b=é",
            "candidate_id": "c",
            "job_id": "j",
            "score": 85,
            "status": "completed",
            "hiring_recommendation": None,
            "completed_at": "2024-01-15T14:25:00Z",
        },
        event="interview.completed",
        subscription="interview_completed",
        secrets=(CUSTOM, WHSEC),
    ),
    skillora(
        "mock interview, with records whose keys are the publisher's",
        "mock_interview.completed",
        {
            "id": "m",
            "user": {"id": "u", "firstName": "Zoë", "email": "zoe@example.com"},
            "score": 78.25,
            "numberOfQuestions": 10,
            "startedAt": "2024-01-15T14:05:00Z",
            "yearsOfExperience": "5-7",
            "jobDescription": LONG_TEXT,
            "resume": RESUME,
            "learningResources": [{"title": "系统设计", "siteUrl": "https://example.com/1"}, {}],
            "weakAreas": [],
            "keyAreaAssessments": AREAS,
            "config": {"id": "cfg"},
        },
        {
            "id": "m",
            "user": {"id": "u", "first_name": "Zoë", "last_name": None, "email": "zoe@example.com"},
            "score": 78.25,
            "status": None,
            "number_of_questions": 10,
            "number_of_answered_questions": None,
            "number_of_skipped_questions": None,
            "created_at": SECONDS,
            "started_at": "2024-01-15T14:05:00Z",
            "ended_at": SECONDS,
            "topic": None,
            "behavioral_topic": None,
            "job_title": None,
            "job_description": LONG_TEXT,
            "years_of_experience": "5-7",
            "industry": None,
            "difficulty_level": None,
            "focus_area": None,
            "target_company": None,
            "university": None,
            "program": None,
            "interview_experience": None,
            "additional_customization": None,
            "resume": RESUME,
            "analysis": None,
            "learning_resources": [{"title": "系统设计", "siteUrl": "https://example.com/1"}, {}],
            "weak_areas": [],
            "strong_areas": None,
            "key_area_assessments": AREAS,
            "config": {"id": "cfg", "name": None},
        },
        event="mock_interview_completed",
        subscription="mock_interview_completed",
    ),
    skillora("test", "test", {"message": "Hello"}, {"message": "Hello"}, event="test", subscription="test"),
    hr_intelligence(
        "question",
        "query.created",
        {
            "queryId": "conv_abc123",
            "userId": "user_456",
            "category": "Technical",
            "sentiment": "Negative",
            "priority": 7,
            "query": "¿Por qué? 我的应用 😡\n\tat line 1",
        },
        {
            "query_id": "conv_abc123",
            "user_id": "user_456",
            "category": "Technical",
            "sentiment": "Negative",
            "priority": 7,
            "query": "¿Por qué? 我的应用 😡\n\tat line 1",
        },
        secrets=(WSK, WHSEC),
    ),
    hr_intelligence(
        "answer with a fraction and a very long text",
        "query.resolved",
        {"queryId": "q", "userId": "u", "resolutionTimeSeconds": 330.5, "response": LONG_TEXT},
        {"query_id": "q", "user_id": "u", "category": None, "resolution_time_seconds": 330.5, "response": LONG_TEXT},
    ),
    hr_intelligence(
        "feedback with a small fraction",
        "feedback.received",
        {"queryId": "q", "userId": "u", "rating": 0.00002, "feedbackText": None},
        {"query_id": "q", "user_id": "u", "rating": 0.00002, "feedback_text": None, "category": None},
    ),
    hr_intelligence("test", "test", {"message": "Hello"}, {"message": "Hello"}, event="webhook.test"),
    standard(
        "as it was published, nothing filled in",
        "mock_interview.completed",
        {"id": "m", "user": {"id": "u", "lastName": "O’Neill"}, "resume": RESUME, "keyAreaAssessments": AREAS},
        {"id": "m", "user": {"id": "u", "lastName": "O’Neill"}, "resume": RESUME, "keyAreaAssessments": AREAS},
        secrets=(WHSEC, OLD_WHSEC),
    ),
    standard(
        "an event of another family",
        "query.resolved",
        {"queryId": "q", "userId": "u", "resolutionTimeSeconds": 330.5, "response": "Fertig ✓"},
        {"queryId": "q", "userId": "u", "resolutionTimeSeconds": 330.5, "response": "Fertig ✓"},
    ),
    standard("test", "test", {"message": "Hello"}, {"message": "Hello"}),
]
