"""Who may ask for which route: every route has a row here, or it is refused and fails the build."""

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """Who may ask for a route that is about no organisation of its own."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    STAFF = "staff"


@dataclass(frozen=True)
class On:
    """A route about the organisation whose slug is in its address: an action of the table."""

    action: str


PERMISSIONS: dict[str, Who | On] = {
    "static": Who.EVERYONE,
    "health.alive": Who.EVERYONE,
    "health.ready": Who.EVERYONE,
    "directory.home": Who.EVERYONE,
    "directory.index": Who.EVERYONE,
    "directory.show": Who.EVERYONE,  # it shows public ones alone, and leads old addresses on
    "directory.about": Who.EVERYONE,
    "directory.robots": Who.EVERYONE,
    "directory.security": Who.EVERYONE,
    "directory_api.index": Who.EVERYONE,
    "directory_api.show": Who.EVERYONE,
    "directory_api.openapi": Who.EVERYONE,
    "directory_api.sitemap": Who.EVERYONE,
    "chapters.index": Who.EVERYONE,
    "chapters.embed": Who.EVERYONE,
    "chapters.embed_colours": Who.EVERYONE,
    "chapters.points_drawn": Who.EVERYONE,
    "chapters.places_suggested": Who.EVERYONE,
    "chapters_api.index": Who.EVERYONE,
    "chapters_api.meetings": Who.EVERYONE,
    "accounts.sign_in": Who.EVERYONE,
    "accounts.ask_for_link": Who.EVERYONE,
    "accounts.sent": Who.EVERYONE,
    "accounts.opened": Who.EVERYONE,  # by a mailed link
    "accounts.open_link": Who.EVERYONE,
    "accounts.ask_from_here": Who.EVERYONE,
    "accounts.code": Who.EVERYONE,
    "accounts.sign_in_options": Who.EVERYONE,
    "accounts.sign_in_with_passkey": Who.EVERYONE,
    "accounts.again": Who.SIGNED_IN,
    "accounts.sign_out": Who.SIGNED_IN,
    "accounts.index": Who.SIGNED_IN,
    "accounts.save_details": Who.SIGNED_IN,
    "accounts.end_session": Who.SIGNED_IN,
    "accounts.end_other_sessions": Who.SIGNED_IN,
    "accounts.invitation": Who.SIGNED_IN,
    "accounts.accept_invitation": Who.SIGNED_IN,
    "accounts.passkeys": Who.SIGNED_IN,
    "accounts.passkey_options": Who.SIGNED_IN,
    "accounts.add_passkey": Who.SIGNED_IN,
    "accounts.name_passkey": Who.SIGNED_IN,
    "accounts.remove_passkey": Who.SIGNED_IN,
    "accounts.recoveries": Who.SIGNED_IN,
    "accounts.ask_for_recovery": Who.SIGNED_IN,
    "accounts.vouch": Who.STAFF,
    "accounts.colleagues": On("see_colleagues"),
    "accounts.invite_colleague": On("invite"),
    "accounts.ask_for_colleague": On("ask_to_invite"),
    "accounts.withdraw_invitation": On("invite"),
    "accounts.remove_colleague": On("remove_colleague"),
    "accounts.change_role": On("remove_colleague"),
    "accounts.leave": On("see_colleagues"),  # it asks for a recent sign-in, and for a role of one's own
    "mail.preferences": Who.EVERYONE,  # signed in, or by the signed link of a mail
    "mail.save_preferences": Who.EVERYONE,
    "mail.unsubscription": Who.EVERYONE,
    "mail.unsubscribe": Who.EVERYONE,
    "profiles.edit": On("edit"),
    "profiles.edit_part": On("edit"),
    "profiles.save": On("edit"),
    "profiles.suggest_topic": On("edit"),
    "profiles.preview": On("edit"),
    "profiles.understood": On("edit"),
    "profiles.add_listing": On("edit"),
    "profiles.change_listing": On("edit"),
    "profiles.move_listing": On("edit"),
    "profiles.set_listing_state": On("edit"),
    "profiles.ask_removal": On("edit"),
    "profiles.remove_listing": On("edit"),
    "profiles.others": On("propose_link"),
    "profiles.propose_tie": On("propose_link"),
    "profiles.confirm_tie": On("confirm_link"),
    "profiles.end_tie": On("confirm_link"),
    "profiles.confirmation": Who.EVERYONE,  # by a mailed link, or whoever may confirm
    "profiles.confirmed": Who.EVERYONE,
    "profiles.history": On("see_history"),
    "profiles.undo_edit": On("undo"),
    "profiles.suggest": On("suggest"),
    "profiles.send_suggestion": On("suggest"),
    "profiles.suggestions_made": On("decide_suggestion"),
    "profiles.decide_suggestion": On("decide_suggestion"),
    "profiles.claim": On("claim"),
    "profiles.ask_claim": On("claim"),
    "profiles.open_claim": On("claim"),  # by a mailed link, signed in
    "profiles.withdraw_claim": On("claim"),
    "profiles.claims_asked": On("decide_claim"),
    "profiles.decide_claim": On("decide_claim"),
    "profiles.objection": On("object_to_claim"),
    "profiles.object_to_claim": On("object_to_claim"),
    "profiles.contact_persons": On("edit"),
    "profiles.add_contact": On("edit"),
    "profiles.edit_contact": On("edit"),
    "profiles.remove_contact": On("edit"),
    "profiles.move_contact": On("edit"),
    "profiles.write": On("write_to"),
    "profiles.find_own": Who.EVERYONE,
    "profiles.own": Who.EVERYONE,  # by a mailed link, as the next four
    "profiles.change_own": Who.EVERYONE,
    "profiles.withdraw_own": Who.EVERYONE,
    "profiles.erase_own": Who.EVERYONE,
    "profiles.export_by_link": Who.EVERYONE,
    "profiles.export_person": Who.SIGNED_IN,  # it asks for a recent sign-in, as does erasing
    "profiles.erase_person": Who.SIGNED_IN,
    "profiles.leave": On("hide"),
    "profiles.come_back": On("hide"),
    "profiles.erase": On("erase"),
    "profiles.export": On("export"),
    "profiles.export_persons": On("export_persons"),
    "matching.index": On("see_matches"),
    "matching.best": On("see_matches"),
    "matching.put_aside": On("see_matches"),
    "matching.take_back": On("see_matches"),
    "matching.together": Who.EVERYONE,
    "matching.gaps": Who.EVERYONE,  # counts and public seeks
    "matching.partner": Who.SIGNED_IN,  # for staff and coordinators, as the next six
    "matching.look_for_partner": Who.SIGNED_IN,
    "matching.looked_for": Who.SIGNED_IN,
    "matching.prospect": Who.SIGNED_IN,
    "matching.change_prospect": Who.SIGNED_IN,
    "matching.settle_prospect": Who.SIGNED_IN,
    "matching.staff": Who.SIGNED_IN,
    "matching_api.index": On("see_matches"),
    "introductions.index": Who.SIGNED_IN,
    "introductions.show": Who.SIGNED_IN,  # for its parties, the coordinators of their networks and staff
    "introductions.act": Who.SIGNED_IN,  # as `show`; each step asks for its action on the party
    "introductions.how": Who.EVERYONE,  # by a mailed link
    "introductions.say_how": Who.EVERYONE,
    "introductions.value": Who.STAFF,
    "introductions.value_answer": Who.EVERYONE,  # by a mailed link
    "introductions.give_value_answer": Who.EVERYONE,
    "introductions.own_value": On("see_matches"),
    "introductions.own_value_answer": On("answer_value"),
    "introductions.give_own_value_answer": On("answer_value"),
    "introductions.new": On("ask_introduction"),
    "introductions.ask": On("ask_introduction"),
    "introductions.settings": On("answer_introduction"),
    "introductions.save_settings": On("answer_introduction"),
    "introductions.block": On("answer_introduction"),
    "introductions.unblock": On("answer_introduction"),
    "maps.index": Who.EVERYONE,  # what each reader sees of the network: `maps.eyes`
    "maps.show": Who.EVERYONE,  # saved maps for their audience, as the next three: `maps.keeping`
    "maps.saved_scene": Who.EVERYONE,
    "maps.saved_names": Who.EVERYONE,
    "maps.saved_places": Who.EVERYONE,
    "maps.scene": Who.EVERYONE,
    "maps.names": Who.EVERYONE,
    "maps.places": Who.EVERYONE,
    "maps.tile": Who.EVERYONE,
    "maps.panel": Who.EVERYONE,
    "maps.embed": Who.EVERYONE,  # public maps alone
    "maps.export": Who.EVERYONE,
    "maps.saved_export": Who.EVERYONE,
    "maps.compare": Who.EVERYONE,  # of maps that they may see
    "maps.growth": Who.EVERYONE,
    "maps.growth_drawn": Who.EVERYONE,
    "maps.measures": Who.EVERYONE,
    "maps.near": Who.EVERYONE,
    "maps.reach": Who.SIGNED_IN,  # for staff and coordinators, as the next three: `matching.looking`
    "maps.relationships": Who.SIGNED_IN,
    "maps.relationship": Who.SIGNED_IN,
    "maps.change_relationship": Who.SIGNED_IN,
    "maps.snapshot": Who.SIGNED_IN,  # by `maps.keeping.may_keep`
    "maps.new": Who.SIGNED_IN,  # for staff and coordinators, as the next five: `maps.keeping.may_keep`
    "maps.create": Who.SIGNED_IN,
    "maps.edit": Who.SIGNED_IN,
    "maps.save": Who.SIGNED_IN,
    "maps.ask_to_remove": Who.SIGNED_IN,
    "maps.remove": Who.SIGNED_IN,
    "maps.draw": Who.SIGNED_IN,  # for the same, as the next six: `maps.keeping.may_draw`
    "maps.begin": Who.SIGNED_IN,
    "maps.drawing": Who.SIGNED_IN,
    "maps.drawing_scene": Who.SIGNED_IN,
    "maps.drawing_part": Who.SIGNED_IN,
    "maps.steps_since": Who.SIGNED_IN,
    "maps.take_steps": Who.SIGNED_IN,
    "merging.index": Who.STAFF,
    "merging.compare": On("ask_merge"),
    "merging.ask": On("ask_merge"),
    "merging.show": On("ask_merge"),
    "merging.decide": On("merge"),
    "merging.undo": On("merge"),
    "introductions.unname": On("answer_introduction"),
    "staff.index": Who.SIGNED_IN,  # for staff and coordinators, as the next seven: `matching.looking`
    "staff.waits": Who.SIGNED_IN,
    "staff.decide": Who.SIGNED_IN,  # each act asks for its action on the organisation
    "staff.decide_several": Who.SIGNED_IN,
    "staff.decisions": Who.SIGNED_IN,
    "staff.undo": Who.SIGNED_IN,
    "staff.history": Who.SIGNED_IN,
    "staff.gone_quiet": Who.SIGNED_IN,
    "topics.index": Who.STAFF,
    "topics.new": Who.STAFF,
    "topics.show": Who.STAFF,
    "topics.name": Who.STAFF,
    "topics.unname": Who.STAFF,
    "topics.prefer": Who.STAFF,
    "topics.place": Who.STAFF,
    "topics.merge": Who.STAFF,
    "topics.split": Who.STAFF,
    "topics.changes": Who.STAFF,
    "topics.undo": Who.STAFF,
    "topics.word": Who.STAFF,
    "topics.decide": Who.STAFF,
    "interchange.index": Who.STAFF,
    "interchange.upload": Who.STAFF,
    "interchange.columns": Who.STAFF,
    "interchange.set_columns": Who.STAFF,
    "interchange.draft": Who.STAFF,
    "interchange.decide": Who.STAFF,
    "interchange.resume": Who.STAFF,
    "interchange.stop": Who.STAFF,
    "interchange.discard": Who.STAFF,
    "interchange.report": Who.STAFF,
    "interchange.show": Who.STAFF,
    "interchange.ask_undo": Who.STAFF,
    "interchange.undo": Who.STAFF,
}
