//! The query and the answer exactly as the service has them: paths, dimensions, columns, codes. No opinions.

use crate::model::CountryCode;

/// The path of the service's data below the base address. `public` in place of `dcd-public` answers 500 for the CRS.
pub(super) const DATA: &str = "dcd-public/rest/data";

/// The dataflow, without its version.
pub(super) const FLOW: &str = "OECD.DCD.FSD,DSD_CRS@DF_CRS";

/// Where the newest version of the dataflow can be read.
pub(super) const LATEST_VERSION: &str = "https://sdmx.oecd.org/public/rest/dataflow/OECD.DCD.FSD/DSD_CRS@DF_CRS/latest";

/// Columns without which a row has no meaning.
pub(super) const REQUIRED: [&str; 13] = [
    DONOR,
    RECIPIENT,
    SECTOR,
    FLOW_TYPE,
    PRICE_BASE,
    MD_DIM,
    UNIT_MEASURE,
    TIME_PERIOD,
    OBS_VALUE,
    UNIT_MULT,
    OECD_ID,
    DONOR_PROJECT_ID,
    PROJECT_TITLE,
];

pub(super) const DONOR: &str = "DONOR";
pub(super) const DONOR_LABEL: &str = "Donor";
pub(super) const DONOR_AGENCY: &str = "DONOR_AGENCY";
pub(super) const DONOR_AGENCY_LABEL: &str = "Donor agency";
pub(super) const RECIPIENT: &str = "RECIPIENT";
pub(super) const SECTOR: &str = "SECTOR";
pub(super) const SECTOR_LABEL: &str = "Sector";
pub(super) const MODALITY: &str = "MODALITY";
pub(super) const FLOW_TYPE: &str = "FLOW_TYPE";
pub(super) const FLOW_TYPE_LABEL: &str = "Flow type";
pub(super) const PRICE_BASE: &str = "PRICE_BASE";
pub(super) const MD_DIM: &str = "MD_DIM";
pub(super) const UNIT_MEASURE: &str = "UNIT_MEASURE";
pub(super) const TIME_PERIOD: &str = "TIME_PERIOD";
pub(super) const OBS_VALUE: &str = "OBS_VALUE";
pub(super) const UNIT_MULT: &str = "UNIT_MULT";
pub(super) const OECD_ID: &str = "OECD_ID";
pub(super) const DONOR_PROJECT_ID: &str = "DONOR_PROJECT_ID";
/// The code of the channel of delivery: as an attribute, by its older name, as a dimension.
pub(super) const CHANNEL_CODES: [&str; 3] = ["CHANNELDELIVERY_CODE", "CHANNEL_DELIVERY_CODE", "CHANNEL"];
/// The name of the channel of delivery: as an attribute, as the dimension's label.
pub(super) const CHANNEL_NAMES: [&str; 2] = ["CHANNELDELIVERY_NAME", "Channel"];
pub(super) const FINANCE_TYPE: &str = "FINANCETYPE_CODE";
pub(super) const PROJECT_TITLE: &str = "PROJECT_TITLE";
pub(super) const SHORT_DESCRIPTION: &str = "SHORT_DESCRIPTION";
pub(super) const LONG_DESCRIPTION: &str = "LONG_DESCRIPTION";

/// Recipients in Europe: ISO 3166-1 code of two letters, and the code of the service (code list of June 2026).
const RECIPIENTS: [(&str, &str); 10] = [
    ("AL", "ALB"),
    ("BA", "BIH"),
    ("BY", "BLR"),
    ("MD", "MDA"),
    ("ME", "MNE"),
    ("MK", "MKD"),
    ("RS", "SRB"),
    ("TR", "TUR"),
    ("UA", "UKR"),
    ("XK", "XKV"),
];

/// The service's code for a recipient.
pub(super) fn recipient_code(country: CountryCode) -> Option<&'static str> {
    RECIPIENTS.iter().find(|(code, _)| *code == country.as_str()).map(|(_, recipient)| *recipient)
}

/// The countries that can be asked for, for a reader.
pub(super) fn known_recipients() -> String {
    RECIPIENTS.map(|(code, _)| code).join(", ")
}

/// Path and query for the activities of one recipient in one year: commitments and disbursements (`C+D`), current
/// prices (`V`), one row for each activity (`DD`, without which the totals come, too, and all is counted twice).
pub(super) fn path(flow: &str, version: &str, recipient: &str, year: i32) -> String {
    format!(
        "{DATA}/{flow},{version}/.{recipient}.....C+D.V.DD..\
         ?startPeriod={year}&endPeriod={year}&dimensionAtObservation=AllDimensions&format=csvfilewithlabels"
    )
}
