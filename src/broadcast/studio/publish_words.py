"""What the screen says by itself on which a programme is approved and published."""

from __future__ import annotations

from collections.abc import Mapping

from broadcast.messages import Message

PUBLISH_WORDS: Mapping[str, Message] = {
    "step_publish": Message("studio.step.publish", "Approve and publish"),
    "publish_look": Message("studio.publish.look", "Look through it"),
    "publish_looking": Message("studio.publish.looking", "Looking through it…"),
    "publish_fine": Message("studio.publish.fine", "All right:"),
    "publish_should": Message("studio.publish.should", "To look at:"),
    "publish_must": Message("studio.publish.must", "Not as it should be:"),
    "approve": Message("studio.approve", "Approve"),
    "approve_this": Message("studio.approve.this", "Approve this draft"),
    "approve_by": Message("studio.approve.by", "Who approves it"),
    "approve_by_hint": Message("studio.approve.by.hint", "Name and office"),
    "approve_bound": Message(
        "studio.approve.bound",
        "Whoever approves it answers for just what was heard; any later change takes that back.",
    ),
    "approve_gone": Message("studio.approve.gone", "The approval no longer holds."),
    "approved": Message("studio.approved", "Approved"),
    "approved_now": Message("studio.approved.now", "It is approved."),
    "publish": Message("studio.publish", "Publish"),
    "publish_again": Message("studio.publish.again", "Publish it again"),
    "publish_waits": Message("studio.publish.waits", "It waits for step 2: approve it first."),
    "publish_when": Message("studio.publish.when", "When"),
    "publish_at_once": Message("studio.publish.at-once", "At once"),
    "publish_later": Message("studio.publish.later", "At a set time"),
    "publish_day": Message("studio.publish.day", "Day"),
    "publish_hour": Message("studio.publish.hour", "Time"),
    "publish_no_time": Message("studio.publish.no-time", "Say day and time first."),
    "publish_and_upload": Message("studio.publish.and-upload", "Then copy it to the web host"),
    "publish_working": Message("studio.publish.working", "Publishing it…"),
    "publish_busy": Message("studio.publish.busy", "One moment: the last step is not done yet."),
    "publish_keeps_date": Message(
        "studio.publish.keeps-date", "Listeners get the new draft in the place of the one before."
    ),
    "published_now": Message("studio.publish.done", "It is published."),
    "clock_right": Message("studio.publish.clock-right", "This computer's clock is right"),
    "time_kept": Message(
        "studio.publish.time-kept",
        "When that time has passed, have it come out: on this page, or with broadcast feed.",
    ),
    "feed_now": Message("studio.publish.feed-now", "Bring the feed up to date"),
    "fed_now": Message("studio.publish.fed", "The feed is up to date."),
    "feed_due": Message(
        "studio.publish.feed-due", "What listeners have is not what was published last."
    ),
    "open_page": Message("studio.publish.open-page", "Open the listening page"),
    "copy_address": Message("studio.publish.copy-address", "Copy its address"),
    "copied": Message("studio.publish.copied", "Copied."),
    "withdraw": Message("studio.withdraw", "Withdraw it…"),
    "withdraw_sure": Message(
        "studio.withdraw.sure",
        "Listeners no longer find it then. Its draft stays, and it can be published again.",
    ),
    "withdraw_now": Message("studio.withdraw.now", "Withdraw it"),
    "withdrawn_now": Message("studio.withdraw.done", "It is withdrawn."),
    "upload": Message("studio.upload", "Copy to the web host"),
    "upload_to": Message("studio.upload.to", "The web host:"),
    "upload_nowhere": Message(
        "studio.upload.nowhere",
        "No web host is named in station.toml yet, so nothing is copied anywhere.",
    ),
    "upload_goes_on": Message(
        "studio.upload.goes-on", "It goes on though this page is closed. The feed comes last."
    ),
    "upload_stop": Message("studio.upload.stop", "Stop copying"),
    "upload_take_over": Message("studio.upload.take-over", "Take these files over"),
    "upload_accept_key": Message("studio.upload.accept-key", "The key is the right one"),
    "listeners_see": Message("studio.preview", "What listeners will see"),
    "preview_page": Message("studio.preview.page", "The listening page"),
    "preview_whole": Message("studio.preview.whole", "Open the whole page"),
    "preview_entry": Message("studio.preview.entry", "The entry in podcast apps"),
    "preview_xml": Message("studio.preview.xml", "As the feed has it"),
    "no_draft": Message(
        "studio.publish.no-draft", "Nothing is built yet, so there is nothing to approve."
    ),
    "to_build": Message("studio.publish.to-build", "To the script, to build it"),
}
"""What does not depend on a value, by the names that templates have for it."""
