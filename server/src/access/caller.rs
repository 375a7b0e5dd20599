//! Who asks, and with which rights.

use crate::db::Author;

/// What somebody may do. Each may do all that those before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Read what is public, and apply for membership.
    Public,
    /// Publish, withdraw, propose and confirm for one member; give feedback.
    Member,
    /// The same for every member, and decide about links.
    Editor,
    /// All of it: applications and who stands behind them, and reading sources anew.
    Administrator,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Caller {
    who: String,
    role: Role,
    member: Option<String>,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [Self::Public, Self::Member, Self::Editor, Self::Administrator];

    /// Its name, as it is kept.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Member => "MEMBER",
            Self::Editor => "EDITOR",
            Self::Administrator => "ADMINISTRATOR",
        }
    }

    /// The role of this name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name().eq_ignore_ascii_case(name))
    }
}

impl Caller {
    /// Somebody of whom nothing is known.
    #[must_use]
    pub fn public() -> Self {
        Self { who: "public".to_owned(), role: Role::Public, member: None }
    }

    /// Somebody whose token or account was found good. A member without the member that they stand for has the rights
    /// of the public.
    #[must_use]
    pub fn known(who: String, role: Role, member: Option<String>) -> Self {
        let role = if role == Role::Member && member.is_none() { Role::Public } else { role };
        Self { who, role, member }
    }

    /// Which token or account: `token:…`, `oidc:…`, or `public`.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.who
    }

    /// The role.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The id of the member that they stand for.
    #[must_use]
    pub fn member(&self) -> Option<&str> {
        self.member.as_deref()
    }

    /// Whether nothing is known of them: only then may an answer be shared with others.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.role == Role::Public && self.who == "public"
    }

    /// Whether they may change what belongs to a member: their own, or any for editors and administrators.
    #[must_use]
    pub fn may_act_for(&self, member: &str) -> bool {
        self.role >= Role::Editor || (self.role == Role::Member && self.member.as_deref() == Some(member))
    }

    /// The same as author of a change.
    #[must_use]
    pub fn author(&self) -> Author {
        Author { who: self.who.clone(), role: self.role.name().to_owned() }
    }
}
