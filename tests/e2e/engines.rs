//! The real binary on both engines: a file of the machine's own without any set-up, and, where `HUB_TEST_POSTGRES` names
//! a server, that server by one variable.

use server::config::DatabaseUrl;
use server::db::Database;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

use crate::hub::Machine;

/// A machine that reads no partner, and where its records are.
pub(crate) struct Ground {
    /// The machine.
    pub(crate) machine: Machine,
    url: Option<DatabaseUrl>,
}

/// A machine that reads no partner.
pub(crate) fn quiet() -> Machine {
    Machine::bare().set("HARVEST__AUTOMATIC", "false")
}

/// Runs a behaviour on a fresh machine with each engine.
pub(crate) async fn each(name: &str, behaviour: impl AsyncFn(&Ground)) {
    on_file(quiet(), &behaviour).await;
    on_server(quiet(), name, &behaviour).await;
}

/// Runs a behaviour on a machine whose records are in a file.
pub(crate) async fn on_file(machine: Machine, behaviour: impl AsyncFn(&Ground)) {
    behaviour(&Ground { machine, url: None }).await;
}

/// Runs a behaviour on a machine whose records are in a schema of the tests' server, where there is one.
pub(crate) async fn on_server(machine: Machine, name: &str, behaviour: impl AsyncFn(&Ground)) {
    #[expect(clippy::disallowed_methods, reason = "the server of the tests is no setting of the hub")]
    let Ok(server) = std::env::var("HUB_TEST_POSTGRES") else { return };
    let pool = PgPool::connect(&server).await.expect("the server of the tests");
    let schema = format!("e2e_{name}_{}", std::process::id());
    let run = async |statement: String| pool.execute(AssertSqlSafe(statement)).await.expect("a statement on schemas");
    run(format!("CREATE SCHEMA {schema}")).await;
    let url = format!("{server}?options=-c%20search_path%3D{schema}");
    let ground = Ground { machine: machine.set("DATABASE", &url), url: Some(DatabaseUrl::new(&url)) };
    behaviour(&ground).await;
    assert!(!ground.machine.data().join("hub.db").exists(), "with a server there is no file");
    run(format!("DROP SCHEMA {schema} CASCADE")).await;
}

impl Ground {
    /// The database, opened beside whoever works on it.
    pub(crate) async fn database(&self) -> Database {
        Database::open(self.url.as_ref(), self.machine.data()).await.expect("the database opens")
    }
}
