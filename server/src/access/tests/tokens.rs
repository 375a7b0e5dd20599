//! Tokens of the hub's own.

use std::time::Duration;

use super::{access, asked};
use crate::access::{Caller, Role, Token};
use crate::config::AuthConfig;
use crate::db::tests::{Scratch, each};
use crate::db::{Author, NewToken, RecordChange};
use crate::samples::at;

/// Issues a token that is good until a minute.
async fn issue(scratch: &Scratch, role: Role, member: Option<&str>, until: i64) -> Token {
    let token = Token::new().unwrap();
    let mut transaction = scratch.database.begin(at(0)).await.unwrap();
    if let Some(member) = member {
        let change = RecordChange::by_api("members", member, "{}".to_owned());
        transaction.put_record(&Author::command_line(), change).await.unwrap();
    }
    let (id, hash, member) = (token.id.clone(), token.hash(), member.map(str::to_owned));
    let new = NewToken { id, hash, role: role.name(), member, note: None, expires_at: at(until) };
    transaction.add_token(&Author::command_line(), &new).await.unwrap();
    transaction.commit().await.unwrap();
    token
}

#[tokio::test]
async fn a_token_stands_for_its_role_and_member_until_it_expires() {
    each(async |scratch| {
        let (access, clock) = access(scratch, &AuthConfig::default());
        let token = issue(scratch, Role::Member, Some("member:lviv"), 60).await;
        let caller = asked(&access, token.reveal()).await.unwrap();
        assert_eq!((caller.role(), caller.member()), (Role::Member, Some("member:lviv")));
        assert!(caller.may_act_for("member:lviv") && !caller.may_act_for("member:kharkiv"));
        clock.advance(Duration::from_secs(60 * 60));
        assert_eq!(asked(&access, token.reveal()).await, Err("TOKEN_EXPIRED"));
    })
    .await;
}

#[tokio::test]
async fn a_token_that_was_taken_back_is_refused_at_once() {
    each(async |scratch| {
        let (access, _) = access(scratch, &AuthConfig::default());
        let token = issue(scratch, Role::Editor, None, 60).await;
        assert_eq!(asked(&access, token.reveal()).await.unwrap().role(), Role::Editor);
        let mut transaction = scratch.database.begin(at(1)).await.unwrap();
        assert!(transaction.revoke_token(&Author::command_line(), &token.id).await.unwrap());
        assert!(!transaction.revoke_token(&Author::command_line(), &token.id).await.unwrap(), "once is enough");
        transaction.commit().await.unwrap();
        assert_eq!(asked(&access, token.reveal()).await, Err("TOKEN_REVOKED"));
        let story = scratch.database.audit_of(&format!("token:{}", token.id)).await.unwrap();
        let told: Vec<_> = story.iter().map(|line| line.action.as_str()).collect();
        assert_eq!(told, ["TOKEN_CREATED", "TOKEN_REVOKED"]);
    })
    .await;
}

#[tokio::test]
async fn the_last_use_is_kept_to_the_minute_and_the_token_nowhere() {
    each(async |scratch| {
        let (access, clock) = access(scratch, &AuthConfig::default());
        let token = issue(scratch, Role::Editor, None, 60).await;
        let used = async || scratch.database.tokens().await.unwrap()[0].last_used_at;
        assert_eq!(used().await, None);
        asked(&access, token.reveal()).await.unwrap();
        clock.advance(Duration::from_secs(59));
        asked(&access, token.reveal()).await.unwrap();
        assert_eq!(used().await, Some(at(0)));
        clock.advance(Duration::from_secs(1));
        asked(&access, token.reveal()).await.unwrap();
        assert_eq!(used().await, Some(at(1)));
        let kept = format!("{:?}", scratch.database.tokens().await.unwrap());
        assert!(!kept.contains(token.reveal()));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_token_is_refused_and_no_header_is_the_public() {
    let scratch = Scratch::file().await;
    let (access, _) = access(&scratch, &AuthConfig::default());
    assert_eq!(access.caller(None).await.unwrap(), Caller::public());
    assert_eq!(asked(&access, "hub_unknown").await, Err("TOKEN_UNKNOWN"));
    assert_eq!(asked(&access, "' OR 1=1 --").await, Err("TOKEN_UNKNOWN"));
    let scheme = access.caller(Some("Basic aHViOmh1Yg==")).await.map_err(|fault| fault.code());
    assert_eq!(scheme, Err("TOKEN_MALFORMED"));
}

#[test]
fn no_two_tokens_are_alike() {
    let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
    assert!(one.reveal() != other.reveal() && one.id != other.id && one.hash() != other.hash());
    assert_eq!((one.reveal().len(), one.id.len()), (4 + 43, 12));
}
