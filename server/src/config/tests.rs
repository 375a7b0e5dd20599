//! Layers, unknown keys, and the example.

use super::*;

fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::read(None, &variables(pairs))
}

#[test]
fn variables_reach_every_level() {
    let config = read(&[
        ("HUB_BIND", "0.0.0.0:9000"),
        ("HUB_LOG__FORMAT", "json"),
        ("HUB_PARTNERS__EIB__BASE_URL", "http://127.0.0.1:7001/eib"),
        ("HUB_PARTNERS__EIB__COUNTRIES", "UA, MD"),
        ("HUB_PARTNERS__OECD__COUNTRIES", "[\"UA\"]"),
        ("PATH", "/bin"),
    ])
    .unwrap();
    assert_eq!(config.bind.port(), 9000);
    assert_eq!(config.log.format, LogFormat::Json);
    let eib = &config.partners["eib"];
    assert_eq!(eib.http.base_url.as_str(), "http://127.0.0.1:7001/eib");
    assert_eq!(eib.countries.iter().map(ToString::to_string).collect::<Vec<_>>(), ["UA", "MD"]);
}

#[test]
fn an_unknown_key_names_its_origin_and_the_nearest_known() {
    let message = read(&[("HUB_PARTNERS__EIB__BASEURL", "x")]).unwrap_err().to_string();
    assert!(message.contains("HUB_PARTNERS__EIB__BASEURL") && message.contains("`partners.eib.base_url`"), "{message}");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "bnd = \"127.0.0.1:1\"\n").unwrap();
    let message = Config::read(Some(file.path()), &[]).unwrap_err().to_string();
    assert!(message.contains("`bnd`") && message.contains("`bind`"), "{message}");
}

#[test]
fn what_kubernetes_injects_for_a_service_is_ignored() {
    let injected = [
        ("HUB_PORT", "tcp://10.0.0.1:80"),
        ("HUB_SERVICE_HOST", "10.0.0.1"),
        ("HUB_SERVICE_PORT_HTTP", "80"),
        ("HUB_PORT_80_TCP_ADDR", "10.0.0.1"),
        ("HUB_STAGE_SERVICE_HOST", "10.0.0.2"),
    ];
    assert!(read(&injected).is_ok());
    assert!(read(&[("HUB_PORTS", "1")]).is_err());
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_its_key() {
    let message = read(&[("HUB_HTTP__MAX_BODY_BYTES", "much")]).unwrap_err().to_string();
    assert!(message.contains("max_body_bytes"), "{message}");
    let message = read(&[("HUB_PARTNERS__EIB__COUNTRIES", "Ukraine")]).unwrap_err().to_string();
    assert!(message.contains("`Ukraine`"), "{message}");
}

#[test]
fn the_file_wins_over_defaults_and_variables_over_the_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "data_dir = \"there\"\n[log]\nfilter = \"debug\"\n").unwrap();
    let config = Config::read(Some(file.path()), &variables(&[("HUB_LOG__FILTER", "warn")])).unwrap();
    assert_eq!((config.data_dir.to_str(), config.log.filter.as_str()), (Some("there"), "warn"));
}

#[test]
fn the_example_read_without_its_marks_gives_the_defaults() {
    let settings = example();
    let active = |line: &str| {
        line.strip_prefix('#')
            .filter(|rest| !rest.starts_with([' ', '[']) && !rest.contains("(not set)"))
            .map(str::to_owned)
    };
    let text: Vec<String> =
        settings.lines().filter_map(|line| active(line).or(line.starts_with('[').then(|| line.to_owned()))).collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text.join("\n")).unwrap();
    let config = Config::read(Some(file.path()), &[]).unwrap();
    let mut read = serde_json::to_value(config).unwrap();
    for partner in connectors::partners::ALL {
        // Its own options are defaults of its folder, which the hub's defaults leave out.
        let options = (partner.options_schema)().to_value();
        for name in options["properties"].as_object().into_iter().flat_map(|properties| properties.keys()) {
            read["partners"][partner.id].as_object_mut().unwrap().remove(name);
        }
    }
    assert_eq!(read, serde_json::to_value(Config::default()).unwrap());
}
