"""Traditional characters: ledgers of Hong Kong and Taiwan say 已結清 and 爭議, and mean what 已结清 and 争议 mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

TRADITIONAL: Final = str.maketrans(
    "額還應號證電話備註員餘貸產編碼罰絡戶業務單狀態記錄總實價齡賬帳種類權約機構區聯繫訊險開關歸時間數據計劃責繳費違滯納訴訟銷級別發訪標轉請營審遲經減執稅確準資評聽聴階崗爭輪紋張辦難償訂參對線籤識屬鍾鐘擔願紛買復複範簡隊況結當"
    "無際細動團溝點項議憑綁徑專糾緊預來稱腦詳運斷調負進說説與撥認諾續統暫個圍報處優債貨內車後選檔職長會設協變匯購銀網冊現欄臺託覈誌簽係術絕異農孫詞遺紅災補觸寬廠賒給裏愛蓋緩郵頭損貿華輛鎊橫條讀誤錢視堅丟夥舉刪離宮見遷頂隨頁問"
    "師興該筆麼轅勢東辭脫掛節滾贖護這門療趨寶賣國攤鈔語適爺廢試響親則傳歐軒組禮儲閃規體啓兌敗擬錯櫃繼討邊滿獨從韓連驗遞徵獄漢廣擇檢釋縣鍵採溫夠強淨臨貼閉詢積樣終衆於爲導畫雲馬謝讓衝詐誰屆塊幾須換卻陽滬過達質歷醜頓創舊兒財聞風"
    "並場裝寫僅盜監佔沒傭順諸羈畢裡啟眾為佈併侷傢億兩凈卽厤叄噹嚮圓埰寀幣幷彆彔彙摺旂旣昇曆曏朮査檯沖滙牴産畵睏箇糰絶綫緻纍纔脩萬蓆蔘衕學製証貳踰迴逕週釦鈡録錶閤闆陞陸隻韆颱髮鬚麪麫麯麴麵麽齣帐",
    "额还应号证电话备注员余贷产编码罚络户业务单状态记录总实价龄账账种类权约机构区联系讯险开关归时间数据计划责缴费违滞纳诉讼销级别发访标转请营审迟经减执税确准资评听听阶岗争轮纹张办难偿订参对线签识属钟钟担愿纷买复复范简队况结当"
    "无际细动团沟点项议凭绑径专纠紧预来称脑详运断调负进说说与拨认诺续统暂个围报处优债货内车后选档职长会设协变汇购银网册现栏台托核志签系术绝异农孙词遗红灾补触宽厂赊给里爱盖缓邮头损贸华辆镑横条读误钱视坚丢伙举删离宫见迁顶随页问"
    "师兴该笔么辕势东辞脱挂节滚赎护这门疗趋宝卖国摊钞语适爷废试响亲则传欧轩组礼储闪规体启兑败拟错柜继讨边满独从韩连验递征狱汉广择检释县键采温够强净临贴闭询积样终众于为导画云马谢让冲诈谁届块几须换却阳沪过达质历丑顿创旧儿财闻风"
    "并场装写仅盗监占没佣顺诸羁毕里启众为布并局家亿两净即历叁当向圆采采币并别录汇折旗既升历向术查台冲汇抵产画困个团绝线致累才修万席参同学制证贰逾回径周扣钟录表合板升陆只千台发须面面曲曲面么出账",
)  # those of every character that our headers and the words that we look for are made of
_ANY: Final = frozenset(map(chr, TRADITIONAL))


def simplified(words: Iterable[object]) -> list[str]:
    """Each word in simplified characters, for looking for ours in them; what people typed stays as it is."""
    said = [str(word) for word in words]
    return said if _ANY.isdisjoint("".join(said)) else [word.translate(TRADITIONAL) for word in said]
