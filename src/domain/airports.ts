/** Airports that carriers name: codes, city, country, zone and place. Facts of the open record; a State may add its own. */
export interface Airport {
  readonly iata: string
  readonly icao: string
  readonly city: string
  /** ISO alpha-2. */
  readonly country: string
  /** IANA time zone. */
  readonly zone: string
  readonly latitude: number
  readonly longitude: number
}

/** `IATA ICAO country zone latitude longitude city` */
const TABLE = `
GYD UBBB AZ Asia/Baku 40.47 50.05 Baku
GNJ UBBG AZ Asia/Baku 40.74 46.32 Ganja
NAJ UBBN AZ Asia/Baku 39.19 45.46 Nakhchivan
LLK UBBL AZ Asia/Baku 38.76 48.82 Lankaran
GBB UBBQ AZ Asia/Baku 40.83 47.71 Gabala
ZTU UBBY AZ Asia/Baku 41.56 46.67 Zagatala
FZL UBBF AZ Asia/Baku 39.59 47.20 Fuzuli
ZZE UBBZ AZ Asia/Baku 39.10 46.75 Zangilan
LHS UBBE AZ Asia/Baku 39.52 46.55 Lachin
YLV UBEE AZ Asia/Baku 40.63 47.14 Yevlakh
IST LTFM TR Europe/Istanbul 41.26 28.74 Istanbul
SAW LTFJ TR Europe/Istanbul 40.90 29.31 Istanbul Sabiha
ISL LTBA TR Europe/Istanbul 40.98 28.82 Istanbul Ataturk
ESB LTAC TR Europe/Istanbul 40.13 32.99 Ankara
AYT LTAI TR Europe/Istanbul 36.90 30.80 Antalya
ADB LTBJ TR Europe/Istanbul 38.29 27.16 Izmir
DLM LTBS TR Europe/Istanbul 36.71 28.79 Dalaman
BJV LTFE TR Europe/Istanbul 37.25 27.66 Bodrum
TZX LTCG TR Europe/Istanbul 40.99 39.79 Trabzon
ERZ LTCE TR Europe/Istanbul 39.96 41.17 Erzurum
KYA LTAN TR Europe/Istanbul 37.98 32.56 Konya
ASR LTAU TR Europe/Istanbul 38.77 35.50 Kayseri
GZT LTAJ TR Europe/Istanbul 36.95 37.48 Gaziantep
ADA LTAF TR Europe/Istanbul 36.98 35.28 Adana
COV LTDB TR Europe/Istanbul 36.90 35.07 Cukurova
VAN LTCI TR Europe/Istanbul 38.47 43.33 Van
IGD LTCT TR Europe/Istanbul 39.98 43.88 Igdir
SZF LTFH TR Europe/Istanbul 41.25 36.57 Samsun
TBS UGTB GE Asia/Tbilisi 41.67 44.95 Tbilisi
BUS UGSB GE Asia/Tbilisi 41.61 41.60 Batumi
KUT UGKO GE Asia/Tbilisi 42.18 42.48 Kutaisi
EVN UDYZ AM Asia/Yerevan 40.15 44.40 Yerevan
LWN UDSG AM Asia/Yerevan 40.75 43.86 Gyumri
SVO UUEE RU Europe/Moscow 55.97 37.41 Moscow Sheremetyevo
DME UUDD RU Europe/Moscow 55.41 37.91 Moscow Domodedovo
VKO UUWW RU Europe/Moscow 55.59 37.26 Moscow Vnukovo
ZIA UUBW RU Europe/Moscow 55.55 38.15 Moscow Zhukovsky
LED ULLI RU Europe/Moscow 59.80 30.26 Saint Petersburg
KZN UWKD RU Europe/Moscow 55.61 49.28 Kazan
MRV URMM RU Europe/Moscow 44.22 43.08 Mineralnye Vody
MCX URML RU Europe/Moscow 42.82 47.65 Makhachkala
GRV URMG RU Europe/Moscow 43.30 45.78 Grozny
AER URSS RU Europe/Moscow 43.45 39.96 Sochi
KRR URKK RU Europe/Moscow 45.03 39.17 Krasnodar
ROV URRP RU Europe/Moscow 47.49 39.92 Rostov
VOG URWW RU Europe/Volgograd 48.78 44.35 Volgograd
ASF URWA RU Europe/Astrakhan 46.28 48.01 Astrakhan
KUF UWWW RU Europe/Samara 53.50 50.16 Samara
UFA UWUU RU Asia/Yekaterinburg 54.56 55.87 Ufa
GOJ UWGG RU Europe/Moscow 56.23 43.78 Nizhny Novgorod
PEE USPP RU Asia/Yekaterinburg 57.91 56.02 Perm
SVX USSS RU Asia/Yekaterinburg 56.74 60.80 Yekaterinburg
CEK USCC RU Asia/Yekaterinburg 55.31 61.50 Chelyabinsk
TJM USTR RU Asia/Yekaterinburg 57.19 65.32 Tyumen
SGC USRR RU Asia/Yekaterinburg 61.34 73.40 Surgut
OVB UNNT RU Asia/Novosibirsk 55.01 82.65 Novosibirsk
KJA UNKL RU Asia/Krasnoyarsk 56.17 92.49 Krasnoyarsk
IKT UIII RU Asia/Irkutsk 52.27 104.39 Irkutsk
VVO UHWW RU Asia/Vladivostok 43.40 132.15 Vladivostok
KGD UMKK RU Europe/Kaliningrad 54.89 20.59 Kaliningrad
ALA UAAA KZ Asia/Almaty 43.35 77.04 Almaty
NQZ UACC KZ Asia/Almaty 51.02 71.47 Astana
SCO UATE KZ Asia/Aqtau 43.86 51.09 Aktau
GUW UATG KZ Asia/Atyrau 47.12 51.82 Atyrau
URA UARR KZ Asia/Oral 51.15 51.54 Oral
AKX UATT KZ Asia/Aqtobe 50.25 57.21 Aktobe
CIT UAII KZ Asia/Almaty 42.36 69.48 Shymkent
HSA UAIT KZ Asia/Almaty 43.31 68.55 Turkistan
KGF UAKK KZ Asia/Almaty 49.67 73.33 Karaganda
TAS UTTT UZ Asia/Tashkent 41.26 69.28 Tashkent
SKD UTSS UZ Asia/Samarkand 39.70 66.98 Samarkand
BHK UTSB UZ Asia/Samarkand 39.78 64.48 Bukhara
UGC UTNU UZ Asia/Samarkand 41.58 60.64 Urgench
NMA UTKN UZ Asia/Tashkent 40.98 71.56 Namangan
FRU UCFM KG Asia/Bishkek 43.06 74.48 Bishkek
OSS UCFO KG Asia/Bishkek 40.61 72.79 Osh
DYU UTDD TJ Asia/Dushanbe 38.54 68.83 Dushanbe
LBD UTDL TJ Asia/Dushanbe 40.22 69.69 Khujand
ASB UTAA TM Asia/Ashgabat 37.99 58.36 Ashgabat
KRW UTAK TM Asia/Ashgabat 40.06 53.01 Turkmenbashi
KBP UKBB UA Europe/Kyiv 50.35 30.89 Kyiv
IEV UKKK UA Europe/Kyiv 50.40 30.45 Kyiv Zhuliany
LWO UKLL UA Europe/Kyiv 49.81 23.96 Lviv
ODS UKOO UA Europe/Kyiv 46.43 30.68 Odesa
MSQ UMMS BY Europe/Minsk 53.88 28.03 Minsk
RMO LUKK MD Europe/Chisinau 46.93 28.93 Chisinau
IKA OIIE IR Asia/Tehran 35.42 51.15 Tehran
THR OIII IR Asia/Tehran 35.69 51.31 Tehran Mehrabad
TBZ OITT IR Asia/Tehran 38.13 46.24 Tabriz
MHD OIMM IR Asia/Tehran 36.24 59.64 Mashhad
SYZ OISS IR Asia/Tehran 29.54 52.59 Shiraz
IFN OIFM IR Asia/Tehran 32.75 51.86 Isfahan
BGW ORBI IQ Asia/Baghdad 33.26 44.23 Baghdad
NJF ORNI IQ Asia/Baghdad 31.99 44.40 Najaf
EBL ORER IQ Asia/Baghdad 36.24 43.96 Erbil
BSR ORMM IQ Asia/Baghdad 30.55 47.66 Basra
DXB OMDB AE Asia/Dubai 25.25 55.36 Dubai
DWC OMDW AE Asia/Dubai 24.90 55.16 Dubai World Central
AUH OMAA AE Asia/Dubai 24.43 54.65 Abu Dhabi
SHJ OMSJ AE Asia/Dubai 25.33 55.52 Sharjah
DOH OTHH QA Asia/Qatar 25.27 51.61 Doha
BAH OBBI BH Asia/Bahrain 26.27 50.63 Bahrain
KWI OKKK KW Asia/Kuwait 29.23 47.97 Kuwait
RUH OERK SA Asia/Riyadh 24.96 46.70 Riyadh
JED OEJN SA Asia/Riyadh 21.68 39.16 Jeddah
MED OEMA SA Asia/Riyadh 24.55 39.71 Medina
DMM OEDF SA Asia/Riyadh 26.47 49.80 Dammam
MCT OOMS OM Asia/Muscat 23.59 58.28 Muscat
SLL OOSA OM Asia/Muscat 17.04 54.09 Salalah
AMM OJAI JO Asia/Amman 31.72 35.99 Amman
BEY OLBA LB Asia/Beirut 33.82 35.49 Beirut
DAM OSDI SY Asia/Damascus 33.41 36.52 Damascus
TLV LLBG IL Asia/Jerusalem 32.01 34.89 Tel Aviv
ETM LLER IL Asia/Jerusalem 29.73 35.01 Eilat
LCA LCLK CY Asia/Nicosia 34.88 33.62 Larnaca
PFO LCPH CY Asia/Nicosia 34.72 32.49 Paphos
CAI HECA EG Africa/Cairo 30.12 31.41 Cairo
HRG HEGN EG Africa/Cairo 27.18 33.80 Hurghada
SSH HESH EG Africa/Cairo 27.98 34.39 Sharm El Sheikh
SPX HESX EG Africa/Cairo 30.11 30.89 Cairo Sphinx
LHR EGLL GB Europe/London 51.47 -0.46 London Heathrow
LGW EGKK GB Europe/London 51.15 -0.19 London Gatwick
STN EGSS GB Europe/London 51.89 0.24 London Stansted
LTN EGGW GB Europe/London 51.87 -0.37 London Luton
LCY EGLC GB Europe/London 51.51 0.06 London City
MAN EGCC GB Europe/London 53.35 -2.27 Manchester
EDI EGPH GB Europe/London 55.95 -3.37 Edinburgh
BHX EGBB GB Europe/London 52.45 -1.75 Birmingham
GLA EGPF GB Europe/London 55.87 -4.43 Glasgow
DUB EIDW IE Europe/Dublin 53.42 -6.27 Dublin
CDG LFPG FR Europe/Paris 49.01 2.55 Paris
ORY LFPO FR Europe/Paris 48.72 2.38 Paris Orly
NCE LFMN FR Europe/Paris 43.66 7.22 Nice
LYS LFLL FR Europe/Paris 45.73 5.08 Lyon
MRS LFML FR Europe/Paris 43.44 5.22 Marseille
TLS LFBO FR Europe/Paris 43.63 1.37 Toulouse
FRA EDDF DE Europe/Berlin 50.03 8.57 Frankfurt
MUC EDDM DE Europe/Berlin 48.35 11.79 Munich
BER EDDB DE Europe/Berlin 52.37 13.50 Berlin
HAM EDDH DE Europe/Berlin 53.63 9.99 Hamburg
DUS EDDL DE Europe/Berlin 51.29 6.77 Dusseldorf
CGN EDDK DE Europe/Berlin 50.87 7.14 Cologne
STR EDDS DE Europe/Berlin 48.69 9.22 Stuttgart
HAJ EDDV DE Europe/Berlin 52.46 9.69 Hanover
LEJ EDDP DE Europe/Berlin 51.42 12.24 Leipzig
HHN EDFH DE Europe/Berlin 49.95 7.26 Hahn
FMM EDJA DE Europe/Berlin 47.99 10.24 Memmingen
AMS EHAM NL Europe/Amsterdam 52.31 4.76 Amsterdam
EIN EHEH NL Europe/Amsterdam 51.45 5.37 Eindhoven
MST EHBK NL Europe/Amsterdam 50.91 5.77 Maastricht
BRU EBBR BE Europe/Brussels 50.90 4.48 Brussels
LGG EBLG BE Europe/Brussels 50.64 5.44 Liege
LUX ELLX LU Europe/Luxembourg 49.63 6.21 Luxembourg
ZRH LSZH CH Europe/Zurich 47.46 8.55 Zurich
GVA LSGG CH Europe/Zurich 46.24 6.11 Geneva
BSL LFSB CH Europe/Zurich 47.59 7.53 Basel
VIE LOWW AT Europe/Vienna 48.11 16.57 Vienna
SZG LOWS AT Europe/Vienna 47.79 13.00 Salzburg
PRG LKPR CZ Europe/Prague 50.10 14.26 Prague
BRQ LKTB CZ Europe/Prague 49.15 16.69 Brno
BTS LZIB SK Europe/Bratislava 48.17 17.21 Bratislava
BUD LHBP HU Europe/Budapest 47.44 19.26 Budapest
WAW EPWA PL Europe/Warsaw 52.17 20.97 Warsaw
KRK EPKK PL Europe/Warsaw 50.08 19.78 Krakow
GDN EPGD PL Europe/Warsaw 54.38 18.47 Gdansk
KTW EPKT PL Europe/Warsaw 50.47 19.08 Katowice
WRO EPWR PL Europe/Warsaw 51.10 16.89 Wroclaw
OTP LROP RO Europe/Bucharest 44.57 26.09 Bucharest
CLJ LRCL RO Europe/Bucharest 46.79 23.69 Cluj
SOF LBSF BG Europe/Sofia 42.70 23.41 Sofia
VAR LBWN BG Europe/Sofia 43.23 27.83 Varna
BOJ LBBG BG Europe/Sofia 42.57 27.52 Burgas
BEG LYBE RS Europe/Belgrade 44.82 20.31 Belgrade
ZAG LDZA HR Europe/Zagreb 45.74 16.07 Zagreb
SPU LDSP HR Europe/Zagreb 43.54 16.30 Split
LJU LJLJ SI Europe/Ljubljana 46.22 14.46 Ljubljana
SJJ LQSA BA Europe/Sarajevo 43.82 18.33 Sarajevo
SKP LWSK MK Europe/Skopje 41.96 21.62 Skopje
TIA LATI AL Europe/Tirane 41.41 19.72 Tirana
TGD LYPG ME Europe/Podgorica 42.36 19.25 Podgorica
TIV LYTV ME Europe/Podgorica 42.40 18.72 Tivat
PRN BKPR XK Europe/Belgrade 42.57 21.04 Pristina
ATH LGAV GR Europe/Athens 37.94 23.94 Athens
SKG LGTS GR Europe/Athens 40.52 22.97 Thessaloniki
HER LGIR GR Europe/Athens 35.34 25.18 Heraklion
RHO LGRP GR Europe/Athens 36.41 28.09 Rhodes
FCO LIRF IT Europe/Rome 41.80 12.24 Rome
CIA LIRA IT Europe/Rome 41.80 12.59 Rome Ciampino
MXP LIMC IT Europe/Rome 45.63 8.72 Milan
LIN LIML IT Europe/Rome 45.45 9.28 Milan Linate
BGY LIME IT Europe/Rome 45.67 9.70 Bergamo
VCE LIPZ IT Europe/Rome 45.51 12.35 Venice
BLQ LIPE IT Europe/Rome 44.53 11.29 Bologna
NAP LIRN IT Europe/Rome 40.88 14.29 Naples
MLA LMML MT Europe/Malta 35.86 14.48 Malta
MAD LEMD ES Europe/Madrid 40.47 -3.56 Madrid
BCN LEBL ES Europe/Madrid 41.30 2.08 Barcelona
AGP LEMG ES Europe/Madrid 36.67 -4.50 Malaga
PMI LEPA ES Europe/Madrid 39.55 2.74 Palma
ALC LEAL ES Europe/Madrid 38.28 -0.56 Alicante
VLC LEVC ES Europe/Madrid 39.49 -0.48 Valencia
LIS LPPT PT Europe/Lisbon 38.77 -9.13 Lisbon
OPO LPPR PT Europe/Lisbon 41.24 -8.68 Porto
CPH EKCH DK Europe/Copenhagen 55.62 12.65 Copenhagen
BLL EKBI DK Europe/Copenhagen 55.74 9.15 Billund
ARN ESSA SE Europe/Stockholm 59.65 17.92 Stockholm
GOT ESGG SE Europe/Stockholm 57.66 12.28 Gothenburg
OSL ENGM NO Europe/Oslo 60.19 11.10 Oslo
BGO ENBR NO Europe/Oslo 60.29 5.22 Bergen
HEL EFHK FI Europe/Helsinki 60.32 24.96 Helsinki
KEF BIKF IS Atlantic/Reykjavik 63.98 -22.61 Reykjavik
RIX EVRA LV Europe/Riga 56.92 23.97 Riga
VNO EYVI LT Europe/Vilnius 54.63 25.28 Vilnius
KUN EYKA LT Europe/Vilnius 54.96 24.08 Kaunas
TLL EETN EE Europe/Tallinn 59.41 24.83 Tallinn
DEL VIDP IN Asia/Kolkata 28.57 77.10 Delhi
BOM VABB IN Asia/Kolkata 19.09 72.87 Mumbai
BLR VOBL IN Asia/Kolkata 13.20 77.71 Bengaluru
MAA VOMM IN Asia/Kolkata 12.99 80.17 Chennai
HYD VOHS IN Asia/Kolkata 17.24 78.43 Hyderabad
CCU VECC IN Asia/Kolkata 22.65 88.45 Kolkata
AMD VAAH IN Asia/Kolkata 23.08 72.63 Ahmedabad
GOI VOGO IN Asia/Kolkata 15.38 73.83 Goa
COK VOCI IN Asia/Kolkata 10.15 76.40 Kochi
ATQ VIAR IN Asia/Kolkata 31.71 74.80 Amritsar
KHI OPKC PK Asia/Karachi 24.91 67.16 Karachi
LHE OPLA PK Asia/Karachi 31.52 74.40 Lahore
ISB OPIS PK Asia/Karachi 33.55 72.83 Islamabad
PEW OPPS PK Asia/Karachi 33.99 71.51 Peshawar
KBL OAKB AF Asia/Kabul 34.57 69.21 Kabul
MZR OAMS AF Asia/Kabul 36.71 67.21 Mazar-i-Sharif
DAC VGHS BD Asia/Dhaka 23.84 90.40 Dhaka
KTM VNKT NP Asia/Kathmandu 27.70 85.36 Kathmandu
CMB VCBI LK Asia/Colombo 7.18 79.88 Colombo
MLE VRMM MV Indian/Maldives 4.19 73.53 Male
PEK ZBAA CN Asia/Shanghai 40.08 116.58 Beijing
PKX ZBAD CN Asia/Shanghai 39.51 116.41 Beijing Daxing
PVG ZSPD CN Asia/Shanghai 31.14 121.81 Shanghai
SHA ZSSS CN Asia/Shanghai 31.20 121.34 Shanghai Hongqiao
CAN ZGGG CN Asia/Shanghai 23.39 113.30 Guangzhou
SZX ZGSZ CN Asia/Shanghai 22.64 113.81 Shenzhen
CTU ZUUU CN Asia/Shanghai 30.58 103.95 Chengdu
TFU ZUTF CN Asia/Shanghai 30.31 104.44 Chengdu Tianfu
CKG ZUCK CN Asia/Shanghai 29.72 106.64 Chongqing
XIY ZLXY CN Asia/Shanghai 34.45 108.75 Xian
URC ZWWW CN Asia/Urumqi 43.91 87.47 Urumqi
KHG ZWSH CN Asia/Urumqi 39.54 76.02 Kashgar
CGO ZHCC CN Asia/Shanghai 34.52 113.84 Zhengzhou
WUH ZHHH CN Asia/Shanghai 30.78 114.21 Wuhan
HGH ZSHC CN Asia/Shanghai 30.23 120.43 Hangzhou
XMN ZSAM CN Asia/Shanghai 24.54 118.13 Xiamen
SYX ZJSY CN Asia/Shanghai 18.30 109.41 Sanya
HKG VHHH HK Asia/Hong_Kong 22.31 113.91 Hong Kong
MFM VMMC MO Asia/Macau 22.15 113.59 Macau
TPE RCTP TW Asia/Taipei 25.08 121.23 Taipei
NRT RJAA JP Asia/Tokyo 35.77 140.39 Tokyo Narita
HND RJTT JP Asia/Tokyo 35.55 139.78 Tokyo Haneda
KIX RJBB JP Asia/Tokyo 34.43 135.24 Osaka
ICN RKSI KR Asia/Seoul 37.46 126.44 Seoul
GMP RKSS KR Asia/Seoul 37.56 126.79 Seoul Gimpo
UBN ZMCK MN Asia/Ulaanbaatar 47.65 106.82 Ulaanbaatar
SIN WSSS SG Asia/Singapore 1.36 103.99 Singapore
KUL WMKK MY Asia/Kuala_Lumpur 2.75 101.71 Kuala Lumpur
BKK VTBS TH Asia/Bangkok 13.69 100.75 Bangkok
DMK VTBD TH Asia/Bangkok 13.91 100.61 Bangkok Don Mueang
HKT VTSP TH Asia/Bangkok 8.11 98.32 Phuket
SGN VVTS VN Asia/Ho_Chi_Minh 10.82 106.65 Ho Chi Minh City
HAN VVNB VN Asia/Ho_Chi_Minh 21.22 105.81 Hanoi
CXR VVCR VN Asia/Ho_Chi_Minh 11.99 109.22 Nha Trang
CGK WIII ID Asia/Jakarta -6.13 106.66 Jakarta
DPS WADD ID Asia/Makassar -8.75 115.17 Bali
MNL RPLL PH Asia/Manila 14.51 121.02 Manila
RGN VYYY MM Asia/Yangon 16.91 96.13 Yangon
PNH VDPP KH Asia/Phnom_Penh 11.55 104.84 Phnom Penh
SYD YSSY AU Australia/Sydney -33.95 151.18 Sydney
MEL YMML AU Australia/Melbourne -37.67 144.84 Melbourne
PER YPPH AU Australia/Perth -31.94 115.97 Perth
BNE YBBN AU Australia/Brisbane -27.38 153.12 Brisbane
AKL NZAA NZ Pacific/Auckland -37.01 174.79 Auckland
JFK KJFK US America/New_York 40.64 -73.78 New York
EWR KEWR US America/New_York 40.69 -74.17 Newark
IAD KIAD US America/New_York 38.94 -77.46 Washington
BOS KBOS US America/New_York 42.36 -71.01 Boston
MIA KMIA US America/New_York 25.79 -80.29 Miami
ATL KATL US America/New_York 33.64 -84.43 Atlanta
ORD KORD US America/Chicago 41.98 -87.90 Chicago
DFW KDFW US America/Chicago 32.90 -97.04 Dallas
IAH KIAH US America/Chicago 29.98 -95.34 Houston
LAX KLAX US America/Los_Angeles 33.94 -118.41 Los Angeles
SFO KSFO US America/Los_Angeles 37.62 -122.38 San Francisco
SEA KSEA US America/Los_Angeles 47.45 -122.31 Seattle
YYZ CYYZ CA America/Toronto 43.68 -79.63 Toronto
YUL CYUL CA America/Toronto 45.47 -73.74 Montreal
YVR CYVR CA America/Vancouver 49.19 -123.18 Vancouver
MEX MMMX MX America/Mexico_City 19.44 -99.07 Mexico City
CUN MMUN MX America/Cancun 21.04 -86.87 Cancun
HAV MUHA CU America/Havana 22.99 -82.41 Havana
BOG SKBO CO America/Bogota 4.70 -74.15 Bogota
GRU SBGR BR America/Sao_Paulo -23.43 -46.47 Sao Paulo
EZE SAEZ AR America/Argentina/Buenos_Aires -34.82 -58.54 Buenos Aires
SCL SCEL CL America/Santiago -33.39 -70.79 Santiago
LIM SPJC PE America/Lima -12.02 -77.11 Lima
CMN GMMN MA Africa/Casablanca 33.37 -7.59 Casablanca
RAK GMMX MA Africa/Casablanca 31.61 -8.04 Marrakesh
ALG DAAG DZ Africa/Algiers 36.69 3.22 Algiers
TUN DTTA TN Africa/Tunis 36.85 10.23 Tunis
MIR DTMB TN Africa/Tunis 35.76 10.75 Monastir
TIP HLLT LY Africa/Tripoli 32.66 13.16 Tripoli
ADD HAAB ET Africa/Addis_Ababa 8.98 38.80 Addis Ababa
NBO HKJK KE Africa/Nairobi -1.32 36.93 Nairobi
EBB HUEN UG Africa/Kampala 0.04 32.44 Entebbe
DAR HTDA TZ Africa/Dar_es_Salaam -6.88 39.20 Dar es Salaam
ZNZ HTZA TZ Africa/Dar_es_Salaam -6.22 39.22 Zanzibar
KGL HRYR RW Africa/Kigali -1.97 30.14 Kigali
KRT HSSK SD Africa/Khartoum 15.59 32.55 Khartoum
JNB FAOR ZA Africa/Johannesburg -26.14 28.25 Johannesburg
CPT FACT ZA Africa/Johannesburg -33.97 18.60 Cape Town
LOS DNMM NG Africa/Lagos 6.58 3.32 Lagos
ABV DNAA NG Africa/Lagos 9.01 7.26 Abuja
ACC DGAA GH Africa/Accra 5.61 -0.17 Accra
DKR GOBD SN Africa/Dakar 14.67 -17.07 Dakar
ABJ DIAP CI Africa/Abidjan 5.26 -3.93 Abidjan
SEZ FSIA SC Indian/Mahe -4.67 55.52 Seychelles
MRU FIMP MU Indian/Mauritius -20.43 57.68 Mauritius
`

export const AIRPORTS: readonly Airport[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [iata = '', icao = '', country = '', zone = '', latitude = '', longitude = '', ...city] = line.split(' ')
    return { iata, icao, country, zone, latitude: Number(latitude), longitude: Number(longitude), city: city.join(' ') }
  })

const byCode = new Map<string, Airport>()
for (const one of AIRPORTS) {
  byCode.set(one.iata, one)
  if (!byCode.has(one.icao)) byCode.set(one.icao, one)
}

/** Codes that were replaced and are still sent. */
const FORMER: Readonly<Record<string, string>> = { KVD: 'GNJ', TSE: 'NQZ', UBEE: 'YLV' }

const current = new Map([...byCode].filter(([code]) => !(code in FORMER)))

/** By IATA, ICAO or five-letter UN/LOCODE code (`AZGYD`), in any case of letters. */
export function airport(code: string): Airport | undefined {
  const exact = current.get(code)
  if (exact) return exact
  const sent = code.trim().toUpperCase()
  const wanted = FORMER[sent] ?? sent
  const found = byCode.get(wanted)
  if (found || wanted.length !== 5) return found
  const byPlace = byCode.get(wanted.slice(2))
  return byPlace?.country === wanted.slice(0, 2) ? byPlace : undefined
}
