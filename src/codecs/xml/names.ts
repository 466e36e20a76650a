/**
 * Names that the published schemas' text was not to be had for: what implementers and samples show, as data. Each list is
 * tried in turn when reading; the first is written. Attributes are compared without case and `_`.
 */
export interface XmlNames {
  /** Attributes of the root that tell an update from a full push, and the values that do. */
  readonly function: readonly string[]
  readonly updates: readonly string[]
  readonly remark: readonly string[]
  readonly osi: readonly string[]
  readonly split: readonly string[]
  readonly history: readonly string[]
  readonly historyEntry: readonly string[]
  readonly checkedBags: readonly string[]
  readonly hotel: readonly string[]
  readonly car: readonly string[]
  readonly otherProduct: readonly string[]
  readonly groupName: readonly string[]
}

export const XML_NAMES: XmlNames = {
  function: ['MessageFunction', 'TransactionType', 'Status'],
  updates: ['141', 'update', 'updated', 'delta'],
  remark: ['Remark', 'GeneralRemark'],
  osi: ['OSI', 'OtherServiceInfo'],
  split: ['SplitPNR', 'DividedPNR'],
  history: ['History', 'PNRHistory'],
  historyEntry: ['HistoryEntry', 'Entry'],
  checkedBags: ['CheckedBags', 'Bags', 'Baggage'],
  hotel: ['HotelInfo'],
  car: ['CarInfo'],
  otherProduct: ['OtherProduct', 'RailInfo'],
  groupName: ['GroupName'],
}
